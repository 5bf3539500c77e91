package lip.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.LastWords;
import lip.sdk.http.Headers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records on their way to the socket, without the socket. */
@State(Scope.Thread)
public class RecordBenchmark {
  private static final byte[] NONE = {};

  private final byte[] event = ("data: {" + "x".repeat(170) + "}\n\n").getBytes(US_ASCII);
  private RecordWriter records;

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}
  }

  private static final class Calm implements Fate {
    @Override
    public void answering() {}

    @Override
    public void ending() {}

    @Override
    public void lost() {}

    @Override
    public boolean chunks() {
      return false;
    }

    @Override
    public boolean bodyUnread() {
      return false;
    }
  }

  /** Begins a stream. */
  @Setup
  public void begin() throws IOException {
    var out = new Nowhere();
    var response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                RecordBenchmark.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getOutputStream") ? out : null);
    records =
        new RecordWriter(
            response,
            new Tenure(),
            Wire.HIDDEN,
            () -> new LastWords(new ErrorReply(500, Headers.NONE, NONE), NONE, false),
            new Calm());
    records.prepare(200, Headers.of("Content-Type", "text/event-stream"), NONE);
  }

  @Benchmark
  public void writeAndFlush() {
    records.write(event, 0, event.length);
    records.flush();
  }

  @Benchmark
  public void write10AndFlush() {
    for (int i = 0; i < 10; i++) {
      records.write(event, 0, event.length);
    }
    records.flush();
  }
}
