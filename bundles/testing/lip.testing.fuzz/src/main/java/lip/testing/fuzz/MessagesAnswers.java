package lip.testing.fuzz;

import lip.sdk.http.Headers;

/** The same for a whole answer, which some servers send to every request. */
final class MessagesAnswers implements Target {
  @Override
  public void take(byte[] bytes) throws Exception {
    if (bytes.length == 0) {
      return;
    }
    Headers head = Headers.of("Content-Type", "application/json");
    String whole = MessagesEvents.outcome(new Played(head, bytes, bytes.length));
    String pieces = MessagesEvents.outcome(new Played(head, bytes, 1 + (bytes[0] & 0xff)));
    Expect.that(whole.equals(pieces), "cut: " + pieces + " not " + whole);
  }
}
