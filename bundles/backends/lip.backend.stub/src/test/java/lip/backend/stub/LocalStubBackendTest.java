package lip.backend.stub;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.api.event.Usage;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalStubBackendTest {
  private static final Path DOCS = Path.of("../../../docs/backends/local-stub.md");

  private final Map<String, Object> settings = new LinkedHashMap<>();

  @Test
  void speaksTheConfiguredText() throws Exception {
    settings.put("text", "Good day  to you.");
    List<Event> events = answer("stub-default", Calls.text("hi there"));
    assertThatEvents(events)
        .areComplete()
        .haveText("Good day  to you.")
        .haveUsage(Usage.of(2, 4))
        .finishWith(FinishReason.STOP);
    assertThat(events.stream().filter(Event.TextDelta.class::isInstance)).hasSize(4);
  }

  @Test
  void isDeterministic() throws Exception {
    assertThat(answer("stub-tools-parallel", Calls.text("x")))
        .isEqualTo(answer("stub-tools-parallel", Calls.text("x")));
  }

  @Test
  void echoesTheLastUserText() throws Exception {
    assertThatEvents(answer("stub-echo", Calls.text("wörld 😀!")))
        .areComplete()
        .haveText("wörld 😀!");
  }

  @Test
  void cutsByChunkSizeWithoutTearingCharacters() throws Exception {
    settings.put("chunk_size", 1);
    List<Event> events = answer("stub-echo", Calls.text("a😀b"));
    assertThat(events).contains(new Event.TextDelta("😀"));
  }

  @Test
  void callsTheFirstToolAndEndsTheLoop() throws Exception {
    settings.put("tool_args", "{\"city\":\"Oslo\"}");
    Call call =
        Calls.text("weather?").toBuilder()
            .tools(List.of(Calls.function("weather", "{\"type\":\"object\"}")))
            .build();
    List<Event> events = answer("stub-tools", call);
    Event.ToolCallStarted started =
        (Event.ToolCallStarted)
            events.stream()
                .filter(Event.ToolCallStarted.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThatEvents(events)
        .areComplete()
        .haveToolCall(started.id(), "weather", "{\"city\":\"Oslo\"}")
        .finishWith(FinishReason.TOOL_CALLS);

    Call second =
        call.toBuilder()
            .messages(Calls.toolTurn("weather?", started.id(), "weather", "{}", "rain"))
            .build();
    assertThatEvents(answer("stub-tools", second))
        .areComplete()
        .haveText("The tool said: rain")
        .finishWith(FinishReason.STOP);
  }

  @Test
  void callsTwoToolsInTurn() throws Exception {
    settings.put("tool_args", "{\"a\":12345}");
    List<Event> events = answer("stub-tools-parallel", Calls.text("x"));
    assertThatEvents(events).areComplete();
    assertThat(events.stream().filter(Event.ToolCallStarted.class::isInstance)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "stub-refusal,refusal",
    "stub-empty,stop",
    "stub-finish-length,length",
    "stub-finish-content-filter,content_filter",
    "stub-reasoning,stop"
  })
  void finishes(String model, String reason) throws Exception {
    assertThatEvents(answer(model, Calls.text("x")))
        .areComplete()
        .finishWith(new FinishReason(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "429,rate_limited,true",
    "500,upstream,true",
    "503,overloaded,true",
    "401,upstream_auth,true",
    "404,not_found,false",
    "400,invalid_request,false"
  })
  void failsBeforeOutput(int status, String kind, boolean recoverable) {
    assertThatThrownBy(() -> open("stub-error-" + status, Calls.text("x")))
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> {
              assertThat(e.failure().kind().id()).isEqualTo(kind);
              assertThat(e.failure().upstreamStatus()).isEqualTo(status);
              assertThat(e.failure().recoverable()).isEqualTo(recoverable);
              assertThat(e.failure().retryAfter())
                  .isEqualTo(status == 429 || status == 503 ? Duration.ofSeconds(1) : null);
            });
  }

  @Test
  void failsAfterOutput() throws Exception {
    try (EventStream stream = open("stub-error-after-2", Calls.text("x"))) {
      assertThat(read(stream, 4))
          .endsWith(new Event.TextDelta("word1"), new Event.TextDelta(" word2"));
      assertThatThrownBy(stream::next)
          .isInstanceOfSatisfying(
              UpstreamFailure.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.UPSTREAM));
    }
  }

  @Test
  void endsWithoutAnEnd() throws Exception {
    try (EventStream stream = open("stub-truncate-1", Calls.text("x"))) {
      read(stream, 3);
      assertThat(stream.next()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"stub-stall-1,3", "stub-slow-60000ms-5,1", "stub-late-60000ms,1"})
  void closeEndsTheWait(String model, int eventsBefore) throws Exception {
    EventStream stream = open(model, Calls.text("x"));
    read(stream, eventsBefore);
    assertThat(stream.ready()).isFalse();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            stream.next();
            ended.complete(null);
          } catch (Throwable e) {
            ended.complete(e);
          }
        });
    stream.close();
    stream.close();
    assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(StreamClosed.class);
  }

  @Test
  void closingTheBackendClosesItsStreams() throws Exception {
    Backend backend = backend();
    EventStream stream = backend.open(new TestAttempt("stub-stall", Calls.text("x")));
    backend.close();
    assertThatThrownBy(stream::next).isInstanceOf(StreamClosed.class);
  }

  @Test
  void refusesBadSettings() {
    settings.put("finish_reason", java.util.Optional.of("whenever"));
    assertThatThrownBy(this::backend)
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("finish.reason")
        .hasMessageContaining("content_filter");
    settings.clear();
    settings.put("error_status", 200);
    assertThatThrownBy(this::backend).hasMessageContaining("error.status");
    settings.clear();
    settings.put("tool_args", "x".repeat(65_537));
    assertThatThrownBy(this::backend).hasMessageContaining("tool.args");
  }

  @Test
  void livesWithoutAFileAndComesLast() {
    assertThat(new LocalStubKind().defaults(_ -> java.util.Optional.empty()))
        .contains(Map.of("order", "1000000"));
  }

  @Test
  void everyModelIsDocumentedAndEveryDocumentedModelExists() throws Exception {
    Set<String> documented = new TreeSet<>();
    Matcher m =
        Pattern.compile("^\\| `(stub-[a-z0-9-]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(DOCS));
    while (m.find()) {
      documented.add(m.group(1));
    }
    Scenarios scenarios = new Scenarios(LocalStubKindSettings.of(settings));
    assertThat(documented).allMatch(scenarios::knows);
    assertThat(backend().models().stream().map(ModelInfo::id))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @Test
  void everyKeyIsDocumented() throws Exception {
    String page = Files.readString(DOCS);
    for (var method : LocalStubSettings.class.getMethods()) {
      assertThat(page).contains("`" + method.getName().replace('_', '.') + "`");
    }
  }

  private List<Event> answer(String model, Call call) throws Exception {
    return Events.drain(open(model, call));
  }

  private EventStream open(String model, Call call) throws Exception {
    return backend().open(new TestAttempt(model, call));
  }

  private Backend backend() throws InvalidSettings {
    return new LocalStubKind()
        .create(TestInstance.of("local-stub"), LocalStubKindSettings.of(settings));
  }

  private static List<Event> read(EventStream stream, int count) throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(stream.next());
    }
    return events;
  }
}
