package lip.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import org.junit.jupiter.api.Test;

class ConsoleLoginTest {
  private static AdminSettings settings(String password) {
    Secret secret =
        new Secret(
            "secret:admin-password",
            new Secret.Source() {
              @Override
              public String reveal(String reference) throws SecretUnavailable {
                if (password == null) {
                  throw new SecretUnavailable(reference + ": no such file");
                }
                return password;
              }

              @Override
              public long version(String reference) {
                return 1;
              }
            });
    return new AdminSettings() {
      @Override
      public boolean enabled() {
        return true;
      }

      @Override
      public boolean console_enabled() {
        return true;
      }

      @Override
      public String address() {
        return "127.0.0.1:8081";
      }

      @Override
      public String username() {
        return "admin";
      }

      @Override
      public Secret password() {
        return secret;
      }

      @Override
      public List<String> allowed_origins() {
        return List.of();
      }
    };
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theRightPasswordLogsIn() {
    AdminSettings settings = settings("correct horse battery");
    assertThat(ConsoleLogin.allowed(basic("admin:correct horse battery"), settings)).isTrue();
    assertThat(ConsoleLogin.allowed(basic("admin:correct horse batterx"), settings)).isFalse();
    assertThat(ConsoleLogin.allowed(basic("root:correct horse battery"), settings)).isFalse();
  }

  @Test
  void adminAdminNeverWorks() {
    assertThat(ConsoleLogin.allowed(basic("admin:admin"), settings("admin"))).isFalse();
  }

  @Test
  void withoutAPasswordNobodyLogsIn() {
    assertThat(ConsoleLogin.allowed(basic("admin:"), settings(null))).isFalse();
    assertThat(ConsoleLogin.allowed(basic("admin:"), settings(""))).isFalse();
  }

  @Test
  void nonsenseIsNoLogin() {
    AdminSettings settings = settings("correct horse battery");
    assertThat(ConsoleLogin.allowed(null, settings)).isFalse();
    assertThat(ConsoleLogin.allowed("Bearer x", settings)).isFalse();
    assertThat(ConsoleLogin.allowed("Basic %%%", settings)).isFalse();
  }
}
