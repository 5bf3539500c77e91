package lip.testing.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.testing.emulator.chat.ChatEmulator;

/** An instance of its own with one provider {@code openai-legacy}, and the clients of a test. */
final class ChatGateway implements AutoCloseable {
  final ChatEmulator emulator = ChatEmulator.start();
  final List<Connection> clients = new ArrayList<>();
  final Instance instance;

  /** Not started yet: settings and options may be added. */
  ChatGateway(Path folder) {
    instance = new Instance(folder).env("UPSTREAM_KEY", SharedInstance.KEY);
    instance.config(
        "lip.backend.openai.legacy.cfg",
        "base.url = " + emulator.baseUrl() + "\napi.keys = env:UPSTREAM_KEY\n");
  }

  /** A new client, which sends a request and reads nothing. */
  Connection send(byte[] body) throws IOException {
    Connection client = new Connection(instance.port());
    clients.add(client);
    client.send("POST", "/v1/chat/completions", Map.of("Content-Type", "application/json"), body);
    return client;
  }

  @Override
  public void close() throws IOException {
    for (Connection client : clients) {
      client.close();
    }
    instance.close();
    emulator.close();
  }
}
