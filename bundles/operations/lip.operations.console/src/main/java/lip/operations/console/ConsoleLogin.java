package lip.operations.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;
import lip.sdk.secret.SecretUnavailable;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks HTTP Basic credentials against the settings, in constant time. Until there is a password
 * nobody gets in.
 */
final class ConsoleLogin implements SecurityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleLogin.class);
  private static final int MIN_LENGTH = 12;

  private final Supplier<@Nullable AdminSettings> settings;

  ConsoleLogin(Supplier<@Nullable AdminSettings> settings) {
    this.settings = settings;
  }

  @Override
  public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
    AdminSettings now = settings.get();
    if (now != null && allowed(request.getHeader("Authorization"), now)) {
      return now.username();
    }
    response.setHeader("WWW-Authenticate", "Basic realm=\"LIP\", charset=\"UTF-8\"");
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    return null;
  }

  static boolean allowed(@Nullable String header, AdminSettings settings) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    byte[] given;
    try {
      given = Base64.getDecoder().decode(header.substring(6).strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
    try {
      String password = settings.password().reveal();
      if (password.length() < MIN_LENGTH) {
        LOG.error("the admin password has fewer than {} characters: nobody can log in", MIN_LENGTH);
        return false;
      }
      byte[] expected = (settings.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(expected, given);
    } catch (SecretUnavailable e) {
      LOG.error("the admin password cannot be read: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public boolean authorize(Object user, String role) {
    return true; // One operator, who may do everything.
  }

  @Override
  public void logout(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
  }
}
