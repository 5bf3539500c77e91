package lip.frontend.openai.legacy;

import lip.testing.conformance.frontend.TestClient;

/** What the tests send. */
final class Requests {
  static final TestClient CLIENT =
      new TestClient(new OpenAiLegacyFrontend(), "/v1/chat/completions");

  private Requests() {}
}
