package lip.core.http;

import lip.sdk.http.Headers;

/** What a writer tells and asks its exchange. */
interface Fate {
  /** The first record of a streamed answer is here. */
  void answering();

  /** The last write comes now. */
  void ending();

  /** The client cannot be reached any more. */
  void lost();

  /**
   * Whether the client understands chunks, so that a broken stream can be told from an ended one.
   */
  boolean chunks();

  /**
   * Whether the request's body was not read to its end, so that the connection cannot be used
   * again.
   */
  boolean bodyUnread();

  /** What was under way without a thread has been sent. Under the lock; never blocks. */
  default void drained() {}

  /** Fields that are added to the head as it leaves, where it does not have them. */
  default Headers more() {
    return Headers.NONE;
  }
}
