package lip.testing.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire for one request: head, body bytes, pauses, and how it breaks. Every
 * method returns a new answer.
 *
 * <pre>{@code
 * Answer.chunked(200, "text/event-stream").send("data: {}\n\n").pause(ofMillis(50)).reset()
 * }</pre>
 */
public final class Answer {
  private final int status;
  private final List<Header> headers;
  private final Framing framing;
  private final long declaredLength;
  private final List<Step> beforeHead;
  private final List<Step> body;
  private final @Nullable Drip drip;

  /** How the end of a body is told. */
  enum Framing {
    CHUNKED,
    LENGTH,
    UNTIL_CLOSE
  }

  /** So many bytes at a time. */
  record Drip(int bytes, Duration gap) {}

  private Answer(
      int status,
      List<Header> headers,
      Framing framing,
      long declaredLength,
      List<Step> beforeHead,
      List<Step> body,
      @Nullable Drip drip) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.framing = framing;
    this.declaredLength = declaredLength;
    this.beforeHead = List.copyOf(beforeHead);
    this.body = List.copyOf(body);
    this.drip = drip;
  }

  /** A chunked body, to be filled by {@link #send}. */
  public static Answer chunked(int status, String contentType) {
    return of(status, contentType, Framing.CHUNKED);
  }

  /** A body that lasts until the connection is closed. */
  public static Answer untilClose(int status, String contentType) {
    return of(status, contentType, Framing.UNTIL_CLOSE);
  }

  /** A whole body with its Content-Length. */
  public static Answer whole(int status, String contentType, String body) {
    return of(status, contentType, Framing.LENGTH).send(body);
  }

  private static Answer of(int status, String contentType, Framing framing) {
    List<Header> headers = List.of(new Header("Content-Type", contentType));
    return new Answer(status, headers, framing, -1, List.of(), List.of(), null);
  }

  /** The same with another status. */
  public Answer status(int changed) {
    return new Answer(changed, headers, framing, declaredLength, beforeHead, body, drip);
  }

  /** Sets a header field. */
  public Answer header(String name, String value) {
    List<Header> changed = new ArrayList<>(headers);
    changed.removeIf(header -> header.name().equalsIgnoreCase(name));
    changed.add(new Header(name, value));
    return new Answer(status, changed, framing, declaredLength, beforeHead, body, drip);
  }

  /** Declares a Content-Length, true or not. */
  public Answer declareLength(long length) {
    return new Answer(status, headers, Framing.LENGTH, length, beforeHead, body, drip);
  }

  /** Body text. */
  public Answer send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Body bytes. */
  public Answer send(byte[] bytes) {
    return then(new Step.Send(bytes.clone()));
  }

  /** The same body text many times. */
  public Answer repeat(String text, int times) {
    return then(new Step.Repeat(text.getBytes(StandardCharsets.UTF_8), times));
  }

  /** Silence. */
  public Answer pause(Duration duration) {
    return then(new Step.Pause(duration));
  }

  /** Silence until a gate opens. */
  public Answer await(Gate gate) {
    return then(new Step.Await(gate));
  }

  /** Silence until the client goes. */
  public Answer stall() {
    return then(new Step.Stall());
  }

  /** Ends the connection without the end of the body. */
  public Answer close() {
    return then(new Step.Close());
  }

  /** Ends the connection with a TCP reset. */
  public Answer reset() {
    return then(new Step.Reset());
  }

  /** Silence before the head. */
  public Answer delayHead(Duration duration) {
    return beforeHead(new Step.Pause(duration));
  }

  /** No head until a gate opens. */
  public Answer awaitBeforeHead(Gate gate) {
    return beforeHead(new Step.Await(gate));
  }

  /** No head at all, until the client goes. */
  public Answer stallBeforeHead() {
    return beforeHead(new Step.Stall());
  }

  /** A TCP reset instead of a head. */
  public Answer resetBeforeHead() {
    return beforeHead(new Step.Reset());
  }

  /** Sends what is there so far in pieces of so many bytes, each a write and a chunk of its own. */
  public Answer splitEvery(int bytes) {
    List<Step> split = new ArrayList<>();
    for (Step step : body) {
      if (step instanceof Step.Send(byte[] whole)) {
        for (int at = 0; at < whole.length; at += bytes) {
          split.add(
              new Step.Send(Arrays.copyOfRange(whole, at, Math.min(at + bytes, whole.length))));
        }
      } else {
        split.add(step);
      }
    }
    return withBody(split);
  }

  /** Keeps the first bytes of the body and ends the connection there. */
  public Answer cutAfter(int bytes) {
    return truncate(bytes).close();
  }

  /** Keeps the first bytes of the body and resets the connection there. */
  public Answer resetAfter(int bytes) {
    return truncate(bytes).reset();
  }

  /** Sends everything, the head included, so many bytes at a time with a gap between. */
  public Answer drip(int bytes, Duration gap) {
    Drip slow = new Drip(bytes, gap);
    return new Answer(status, headers, framing, declaredLength, beforeHead, body, slow);
  }

  private Answer truncate(int bytes) {
    List<Step> kept = new ArrayList<>();
    int left = bytes;
    for (Step step : body) {
      if (step instanceof Step.Send(byte[] whole)) {
        if (whole.length > left) {
          kept.add(new Step.Send(Arrays.copyOf(whole, left)));
          break;
        }
        left -= whole.length;
      }
      kept.add(step);
    }
    return withBody(kept);
  }

  private Answer then(Step step) {
    List<Step> longer = new ArrayList<>(body);
    longer.add(step);
    return withBody(longer);
  }

  private Answer beforeHead(Step step) {
    List<Step> longer = new ArrayList<>(beforeHead);
    longer.add(step);
    return new Answer(status, headers, framing, declaredLength, longer, body, drip);
  }

  private Answer withBody(List<Step> changed) {
    return new Answer(status, headers, framing, declaredLength, beforeHead, changed, drip);
  }

  /** How many bytes the body has. */
  public long bodyLength() {
    long length = 0;
    for (Step step : body) {
      if (step instanceof Step.Send(byte[] bytes)) {
        length += bytes.length;
      } else if (step instanceof Step.Repeat(byte[] bytes, int times)) {
        length += (long) bytes.length * times;
      }
    }
    return length;
  }

  int status() {
    return status;
  }

  List<Header> headers() {
    return headers;
  }

  Framing framing() {
    return framing;
  }

  long contentLength() {
    return declaredLength >= 0 ? declaredLength : bodyLength();
  }

  List<Step> beforeHead() {
    return beforeHead;
  }

  List<Step> body() {
    return body;
  }

  @Nullable Drip drip() {
    return drip;
  }
}
