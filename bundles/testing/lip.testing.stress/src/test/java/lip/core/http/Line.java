package lip.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;

/**
 * A response that a plugin has begun to stream, and what reaches the wire of it: the status, the
 * records, "." for an end of body, "!" for a connection that was cut. Only the writer's lock keeps
 * the parts together.
 */
final class Line {
  private static final LastWords WORDS =
      new LastWords(
          new ErrorReply(503, Headers.NONE, "<gone>".getBytes(US_ASCII)),
          "<last>".getBytes(US_ASCII),
          true);

  private final StringBuilder sent = new StringBuilder();
  private final Tenure tenure = new Tenure();
  private final Farewell farewell = new Farewell();
  private final RecordWriter writer;
  private final Records records;
  private int ends;

  private final class Wired extends ServletOutputStream implements Wire, Fate {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {
      sent.append((char) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        sent.append((char) bytes[i]);
      }
    }

    @Override
    public void close() {
      sent.append('.');
    }

    @Override
    public void cut() {
      sent.append('!');
    }

    @Override
    public void idle(Duration limit) {}

    @Override
    public Optional<SocketChannel> channel() {
      return Optional.empty();
    }

    @Override
    public void answering() {
      // It holds no request.
    }

    @Override
    public void ending() {
      ends++;
    }

    @Override
    public void lost() {
      sent.append('?');
    }

    @Override
    public boolean chunks() {
      return true;
    }

    @Override
    public boolean bodyUnread() {
      return false;
    }
  }

  Line() {
    var wired = new Wired();
    var response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                Line.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("setStatus")) {
                    sent.append(arguments[0]).append(':');
                  }
                  return method.getName().equals("getOutputStream") ? wired : null;
                });
    try {
      writer = new RecordWriter(response, tenure, wired, farewell, wired);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    farewell.leave(WORDS);
    records = writer.prepare(200, Headers.NONE, "<k>".getBytes(US_ASCII));
  }

  RecordWriter writer() {
    return writer;
  }

  /** The plugin writes all it has, unless it learns that it may not any more. */
  void plugin() {
    try {
      write("<a>");
      records.flush();
      write("<b>");
      records.end();
    } catch (ExchangeEnded e) {
      // The core was faster.
    }
  }

  private void write(String record) {
    byte[] bytes = record.getBytes(US_ASCII);
    records.write(bytes, 0, bytes.length);
  }

  /** The plugin fails before its first record. */
  void respond() {
    writer.respond(400, Headers.NONE, "<error>".getBytes(US_ASCII));
  }

  /** The core takes the right away and speaks. */
  void core() {
    if (!tenure.revoke("the server has ended this request")) {
      throw new IllegalStateException("nobody else takes it");
    }
    try {
      LastWords words = farewell.get();
      if (!writer.conclude(words.unstarted(), words, 10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a write that never ends");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void keepAlive() {
    writer.keepAlive(true);
  }

  String sent() {
    return sent.toString();
  }

  int ends() {
    return ends;
  }
}
