package lip.testing.conformance.frontend;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import lip.testing.kit.CountingIds;
import org.jspecify.annotations.Nullable;

/**
 * An exchange in memory that remembers what a frontend did with it and refuses what the core
 * refuses. Used by one thread.
 */
public final class RecordedExchange implements Exchange {
  /** How a response ended. */
  public enum End {
    /** It did not. */
    OPEN,
    /** As a whole response. */
    WHOLE,
    /** As a stream with a proper end. */
    ENDED,
    /** As a stream that was cut behind an error record. */
    BROKEN_OFF
  }

  private final SampleRequest request;
  private final List<String> writes = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final StringBuilder unsent = new StringBuilder();
  private int status;
  private Headers headers = Headers.NONE;
  private byte[] keepAlive = new byte[0];
  private @Nullable LastWords lastWords;
  private End end = End.OPEN;
  private boolean prepared;
  private boolean started;
  private int clientLeavesAfter = Integer.MAX_VALUE;

  /** For a request. */
  public RecordedExchange(SampleRequest request) {
    this.request = request;
  }

  /** The client goes away: the write with this number fails (from 1). */
  public RecordedExchange clientLeavesAtWrite(int number) {
    clientLeavesAfter = number - 1;
    return this;
  }

  /** Status of the response; 0 = none was set. */
  public int status() {
    return status;
  }

  /** Headers of the response. */
  public Headers responseHeaders() {
    return headers;
  }

  /** Bytes of the body. */
  public byte[] responseBody() {
    return body.toByteArray();
  }

  /** The body as text. */
  public String responseText() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Each write of a stream, in order; the last one of a broken stream is its error record. */
  public List<String> writes() {
    return List.copyOf(writes);
  }

  /** What left with each flush, in order. */
  public List<String> flushes() {
    return List.copyOf(sent);
  }

  /** The record for silent gaps. */
  public byte[] keepAlive() {
    return keepAlive.clone();
  }

  /** What the core would send. */
  public @Nullable LastWords lastWords() {
    return lastWords;
  }

  /** How it ended. */
  public End end() {
    return end;
  }

  /** Whether a stream was prepared. */
  public boolean streamed() {
    return prepared;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public Map<String, String> parameters() {
    return request.parameters();
  }

  @Override
  public String query() {
    return request.query();
  }

  @Override
  public String traceId() {
    return CountingIds.id("trace_", 1);
  }

  @Override
  public Headers headers() {
    return request.headers();
  }

  @Override
  public byte[] body() {
    return request.body().clone();
  }

  @Override
  public InputStream bodyStream() {
    return new ByteArrayInputStream(request.body());
  }

  @Override
  public void respond(int code, Headers fields, byte[] bytes) {
    if (started || end != End.OPEN) {
      throw new IllegalStateException("something was sent before");
    }
    writing();
    status = code;
    headers = fields;
    body.reset();
    body.writeBytes(bytes);
    end = End.WHOLE;
  }

  @Override
  public Records stream(int code, Headers fields, byte[] gap) {
    if (prepared || end != End.OPEN) {
      throw new IllegalStateException("the response is already under way");
    }
    prepared = true;
    status = code;
    headers = fields;
    keepAlive = gap.clone();
    return new Written();
  }

  @Override
  public boolean started() {
    return started;
  }

  @Override
  public void lastWords(LastWords words) {
    lastWords = words;
  }

  private void writing() {
    if (clientLeavesAfter-- <= 0) {
      throw new ExchangeEnded("the client is gone");
    }
  }

  private final class Written implements Records {
    @Override
    public void write(byte[] bytes, int offset, int length) {
      open();
      writing();
      add(new String(bytes, offset, length, StandardCharsets.UTF_8));
      body.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      open();
      started = true;
      if (!unsent.isEmpty()) {
        sent.add(unsent.toString());
        unsent.setLength(0);
      }
    }

    @Override
    public void end() {
      flush();
      end = End.ENDED;
    }

    @Override
    public void breakOff(byte[] error) {
      open();
      add(new String(error, StandardCharsets.UTF_8));
      body.writeBytes(error);
      flush();
      end = End.BROKEN_OFF;
    }

    private void add(String text) {
      writes.add(text);
      unsent.append(text);
    }

    private void open() {
      if (end != End.OPEN) {
        throw new IllegalStateException("the response has ended");
      }
    }
  }
}
