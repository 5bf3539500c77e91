package lip.frontend.anthropic;

import lip.testing.conformance.frontend.TestClient;

/** What the tests send. */
final class Requests {
  static final TestClient CLIENT = new TestClient(new AnthropicFrontend(), "/v1/messages");

  static final String WHOLE =
      "{\"model\":\"claude-x\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
  static final String STREAM = WHOLE.replace("{\"model\"", "{\"stream\":true,\"model\"");

  private Requests() {}
}
