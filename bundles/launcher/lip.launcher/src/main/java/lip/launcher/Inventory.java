package lip.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** The command {@code inventory}: asks the admin listener what the instance consists of. */
final class Inventory {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Folders folders;
  private final PrintStream out;

  Inventory(Folders folders, PrintStream out) {
    this.folders = folders;
    this.out = out;
  }

  int show(boolean json) throws StartFailure, IOException, InterruptedException {
    Listeners listeners =
        Listeners.read(folders.listeners())
            .orElseThrow(() ->
                new StartFailure(
                    Exit.FAILED, "nothing runs in " + folders.run() + "; start it with: lip run"));
    String admin =
        listeners
            .get(Listeners.ADMIN)
            .orElseThrow(
                () -> new StartFailure(Exit.FAILED, "the running instance has no admin listener"));
    String answer =
        get(URI.create(admin.replaceAll("/+$", "") + "/system/console/lip.json"), listeners);
    out.println(json ? answer.strip() : Tables.of(Json.read(answer)).strip());
    return Exit.DONE;
  }

  private String get(URI address, Listeners listeners)
      throws StartFailure, IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Basic " + credentials(listeners))
            .GET()
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 200 -> response.body();
        case 401, 403 ->
            throw new StartFailure(
                Exit.FAILED,
                "the admin listener refused the password of " + passwordFile(listeners));
        default ->
            throw new StartFailure(
                Exit.FAILED, address + " answered with status " + response.statusCode());
      };
    } catch (ConnectException e) {
      throw new StartFailure(Exit.FAILED, "nothing listens on " + address, e);
    }
  }

  private String credentials(Listeners listeners) throws StartFailure {
    Path file = passwordFile(listeners);
    try {
      String password = Files.readString(file).strip();
      return Base64.getEncoder()
          .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StartFailure(
          Exit.FAILED, "cannot read the password in " + file + ": " + Reasons.of(e), e);
    }
  }

  private Path passwordFile(Listeners listeners) {
    return listeners
        .get(Listeners.PASSWORD_FILE)
        .map(Path::of)
        .orElse(folders.config().resolve("secrets").resolve("admin-password"));
  }
}
