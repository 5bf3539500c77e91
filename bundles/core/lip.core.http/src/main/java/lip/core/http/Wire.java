package lip.core.http;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connection under an exchange, as far as the server shows it. Safe from any thread; nothing
 * blocks except {@link #interim}.
 */
interface Wire {
  /** A server that shows nothing: keep-alive writes find out about the client. */
  Wire HIDDEN =
      new Wire() {
        @Override
        public void cut() {}

        @Override
        public void idle(Duration limit) {}

        @Override
        public Optional<SocketChannel> channel() {
          return Optional.empty();
        }
      };

  /** Closes the connection, if it can, without an end of body: blocked reads and writes return. */
  void cut();

  /** Bytes before those that are sent: the end of the chunk before, and the length of this one. */
  int ROOM = 8;

  /** Sets the connection's own limit of silence; zero = none, the attendant looks after it. */
  void idle(Duration limit);

  /**
   * Sends an interim response, which says nothing but makes the host of a client that is gone
   * answer with a reset. False = cannot.
   */
  default boolean interim() throws IOException {
    return false;
  }

  /** Told once how a sending ended. */
  interface Sent {
    /** By the thread that sends, before {@link Wire#send} returns, or later by another. */
    void sent(@Nullable Throwable failure);
  }

  /** Whether {@link #send} works here. */
  default boolean sends() {
    return false;
  }

  /**
   * Begins to send bytes of the body; nothing else may be under way. Never waits.
   *
   * @param bytes with {@link #ROOM} before them that it may write to
   */
  default void send(byte[] bytes, int offset, int length, Sent sent) {
    throw new UnsupportedOperationException();
  }

  /** The channel, to watch; empty = hidden. */
  Optional<SocketChannel> channel();

  /** How to find the wire under a request in this framework. */
  static Function<ServletRequest, Wire> finder() {
    try {
      return JettyWire.finder();
    } catch (LinkageError e) {
      return request -> HIDDEN;
    }
  }
}
