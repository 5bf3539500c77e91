package lip.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.gateway.EndCause;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.Exchange;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that frontends leave to the core, with and without a thread that waits. */
@Timeout(60)
class FollowingTest {
  private static final byte[] PING = Box.bytes("ping\n");
  private final AtomicReference<Thread> handler = new AtomicReference<>();
  private final AtomicReference<PushedAnswer> made = new AtomicReference<>();
  @AutoClose private final Box box = new Box(Box.QUICK);

  FollowingTest() throws Exception {}

  @AfterEach
  void stop() {
    PushedAnswer answer = made.get();
    if (answer != null) {
      answer.close();
      answer.loop.shutdownNow();
    }
  }

  private PushedAnswer serve(boolean waits) {
    PushedAnswer answer = new PushedAnswer(waits);
    made.set(answer);
    box.gateway.on("/s", x -> follow(x, answer));
    box.gateway.on("/x", x -> x.respond(200, Headers.NONE, Box.bytes("whole")));
    return answer;
  }

  private void follow(Exchange x, PushedAnswer answer) {
    handler.set(Thread.currentThread());
    x.lastWords(Box.words(true));
    x.follow(answer, new PushedAnswer.Lines(x.stream(200, Headers.NONE, PING)));
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  /** The answer has sent its first line. */
  private static void begin(Socket socket, PushedAnswer answer) throws Exception {
    Box.send(socket, request("/s"));
    answer.text("one");
    Box.until(socket, "one\n");
  }

  private void limit(Duration write, Duration keepAlive) {
    Terms terms = Box.QUICK;
    box.servlet.terms(
        new Terms(
            terms.maxBody(),
            terms.maxRawBody(),
            terms.maxHeldBodies(),
            terms.read(),
            write,
            terms.idle(),
            keepAlive));
  }

  private void awaitNothingLeft() {
    await().until(() -> box.gateway.open.isEmpty() && box.looked() == 0);
    assertThat(made.get().closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eventsComeAsTheyArriveAndTheConnectionGoesOn(boolean waits) throws Exception {
    PushedAnswer answer = serve(waits);
    try (Socket socket = box.connect()) {
      for (int i = 0; i < 2; i++) {
        begin(socket, answer);
        await().until(() -> !waits || !handler.get().isAlive() || handlerRests());
        answer.text("two").text("three");
        Box.until(socket, "three\n");
        answer.finish();
        assertThat(Box.until(socket, "0\r\n\r\n")).doesNotContain("failed");
        awaitNothingLeft();
        answer = serve(waits);
      }
      Box.send(socket, request("/x"));
      Box.until(socket, "whole");
    }
    assertThat(box.gateway.last().blamed.get()).isNull();
  }

  /** The request's thread is the container's again: it may wait for the next one. */
  private boolean handlerRests() {
    for (StackTraceElement frame : handler.get().getStackTrace()) {
      if (frame.getClassName().equals(LiveExchange.class.getName())) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aBurstKeepsItsOrder() throws Exception {
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      Box.send(socket, request("/s"));
      answer.text("first");
      Box.until(socket, "first\n");
      Event[] burst = new Event[5_000];
      for (int i = 0; i < burst.length; i++) {
        burst[i] = new Event.TextDelta("n" + i);
      }
      answer.push(burst).finish();
      String all = Box.until(socket, "0\r\n\r\n").replaceAll("\r\n[0-9A-Fa-f]+\r\n", "");
      int at = -1;
      for (int i = 0; i < burst.length; i++) {
        int next = all.indexOf("n" + i + "\n", at);
        assertThat(next).as("n%s", i).isGreaterThan(at);
        at = next;
      }
    }
    awaitNothingLeft();
  }

  @Test
  void eachRecordIsAChunkOfItsOwnLength() throws Exception {
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      await().until(this::handlerRests);
      // The end of a chunk's line comes with the next one.
      for (int length : new int[] {1, 15, 16, 255, 256, 4_096, 16_384}) {
        String text = "x".repeat(length - 1);
        answer.text(text);
        expect(socket, "\r\n%X\r\n%s\n".formatted(length, text));
      }
      answer.text("y".repeat(20_000)).finish();
      expect(socket, "\r\n4000\r\n" + "y".repeat(16_384));
      expect(socket, "\r\nE21\r\n" + "y".repeat(3_616) + "\n\r\n0\r\n\r\n");
      awaitNothingLeft();
      Box.send(socket, request("/x"));
      Box.until(socket, "whole");
    }
  }

  private static void expect(Socket socket, String bytes) throws IOException {
    assertThat(new String(socket.getInputStream().readNBytes(bytes.length()), US_ASCII))
        .isEqualTo(bytes);
  }

  @Test
  void anOldClientGetsNoChunks() throws Exception {
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      Box.send(socket, "GET /s HTTP/1.0\r\nHost: x\r\n\r\n");
      answer.text("one");
      assertThat(Box.until(socket, "one\n")).endsWith("\r\n\r\none\n");
      await().until(this::handlerRests);
      answer.text("two").text("three");
      expect(socket, "two\nthree\n");
      answer.finish();
      assertThat(Box.rest(socket)).isEmpty();
    }
    awaitNothingLeft();
  }

  @Test
  void aFailureBreaksOff() throws Exception {
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      answer.push(new Event.Failed(Failure.of(FailureClass.UPSTREAM, "gone")));
      assertThat(Box.rest(socket)).contains("failed\n").doesNotContain("0\r\n\r\n");
    }
    awaitNothingLeft();
  }

  @Test
  void aVanishedClientEndsIt() throws Exception {
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      await().until(this::handlerRests);
    }
    await().until(() -> box.gateway.last().ended.get() == EndCause.CLIENT_GONE);
    awaitNothingLeft();
  }

  @Test
  void aRevocationEndsItInItsOwnWords() throws Exception {
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      await().until(this::handlerRests);
      box.gateway.last().revoke(EndCause.DRAIN);
      assertThat(Box.rest(socket)).contains("last words\n").doesNotContain("0\r\n\r\n");
    }
    awaitNothingLeft();
  }

  @Test
  void aClientThatReadsSlowlyGetsAllAndKeepsNoThread() throws Exception {
    PushedAnswer answer = serve(true);
    String line = "x".repeat(20_000);
    int lines = 600;
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      for (int i = 0; i < lines; i++) {
        answer.text(line);
      }
      CountDownLatch free = new CountDownLatch(1);
      answer.loop.execute(free::countDown);
      free.await();
      answer.finish();
      long got = 0;
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[65_536];
      byte[] tail = new byte[0];
      while (!new String(tail, US_ASCII).endsWith("0\r\n\r\n")) {
        int read = in.read(buffer);
        assertThat(read).isPositive();
        for (int i = 0; i < read; i++) {
          got += buffer[i] == 'x' ? 1 : 0;
        }
        tail = java.util.Arrays.copyOfRange(buffer, Math.max(0, read - 5), read);
      }
      assertThat(got).isEqualTo((long) line.length() * lines);
    }
    awaitNothingLeft();
  }

  @Test
  void aStalledClientIsGivenUp() throws Exception {
    limit(Duration.ofMillis(300), Box.QUICK.keepAlive());
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      for (int i = 0; i < 1_000; i++) {
        answer.text("x".repeat(20_000));
      }
      await().until(() -> box.gateway.last().ended.get() == EndCause.CLIENT_STALLED);
    }
    awaitNothingLeft();
  }

  @Test
  void aSilentOneGetsKeepAlives() throws Exception {
    limit(Box.QUICK.write(), Duration.ofMillis(50));
    PushedAnswer answer = serve(true);
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      Box.until(socket, "ping\n");
      Box.until(socket, "ping\n");
      answer.text("two").finish();
      assertThat(Box.until(socket, "0\r\n\r\n")).contains("two\n");
    }
    awaitNothingLeft();
  }

  @Test
  void aWriterThatFailsIsBlamed() throws Exception {
    PushedAnswer answer = new PushedAnswer(true);
    made.set(answer);
    box.gateway.on(
        "/s",
        x -> {
          handler.set(Thread.currentThread());
          x.lastWords(Box.words(true));
          PushedAnswer.Lines lines = new PushedAnswer.Lines(x.stream(200, Headers.NONE, PING));
          x.follow(
              answer,
              new Disturbed(
                  lines,
                  () -> {
                    throw new IllegalStateException("bad");
                  }));
        });
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      await().until(this::handlerRests);
      answer.text("bad");
      assertThat(Box.rest(socket)).contains("last words\n");
    }
    awaitNothingLeft();
    assertThat(box.gateway.last().blamed.get()).hasMessage("bad");
  }

  @Test
  void aWriterThatNeverReturnsIsEndedByTheCore() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    PushedAnswer answer = new PushedAnswer(true);
    made.set(answer);
    box.gateway.on(
        "/s",
        x -> {
          x.lastWords(Box.words(true));
          PushedAnswer.Lines lines = new PushedAnswer.Lines(x.stream(200, Headers.NONE, PING));
          x.follow(answer, new Disturbed(lines, () -> hang(stuck)));
        });
    try (Socket socket = box.connect()) {
      begin(socket, answer);
      answer.text("bad");
      stuck.await();
      box.gateway.last().revoke(EndCause.DRAIN);
      assertThat(Box.rest(socket)).contains("last words\n");
    }
    awaitNothingLeft();
  }

  private static void hang(CountDownLatch reached) {
    reached.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("woken", e);
    }
  }

  /** A writer that does something else at the text "bad". */
  private record Disturbed(AnswerWriter to, Runnable instead) implements AnswerWriter {
    @Override
    public boolean write(Event event) {
      if (event.equals(new Event.TextDelta("bad"))) {
        instead.run();
        return false;
      }
      return to.write(event);
    }

    @Override
    public void pause() {
      to.pause();
    }

    @Override
    public void cutShort() {
      to.cutShort();
    }
  }
}
