package lip.testing.badplugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lip.testing.badplugins.Zoo.Reply;
import lip.testing.system.Bystanders;
import lip.testing.system.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The animals that a running platform must survive; beside each, streams that notice nothing. */
@Tag("system")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ZooTest {
  private static final List<String> THROWN =
      List.of("exception", "checked", "linkage", "assertion", "stack", "error");

  @TempDir static Path folder;
  private static Zoo zoo;
  private Bystanders bystanders;

  @BeforeAll
  static void open() {
    zoo = new Zoo(folder);
  }

  @AfterAll
  static void close() {
    if (zoo != null) {
      zoo.close();
    }
  }

  @BeforeEach
  void begin() {
    bystanders = zoo.bystanders();
  }

  @AfterEach
  void nobodyElseIsHarmed() {
    try (var harmed = bystanders) {
      assertThat(harmed.end()).isEmpty();
      assertThat(zoo.instance().alive()).isTrue();
    }
  }

  @Test
  void aBackendThatThrowsAtEachCall() throws IOException {
    long before = zoo.errors("cage");
    for (String thrown : THROWN) {
      for (String place : List.of("open", "next", "capabilities")) {
        String model = "cage:" + place + "." + thrown;
        Reply reply = zoo.chat(model);
        assertThat(reply.toldError()).as(model + " " + reply).isTrue();
        assertThat(reply.body()).as("says nothing of the inside").doesNotContain("zoo: ");
      }
      for (String place : List.of("ready", "close")) {
        Reply reply = zoo.chat("cage:" + place + "." + thrown);
        assertThat(reply.whole()).as(place + "." + thrown + " " + reply).isTrue();
      }
    }
    assertThat(zoo.errors("cage")).as("blamed").isGreaterThanOrEqualTo(before + 3L * 6);
    assertThat(zoo.chat("cage:fine").whole()).isTrue();
  }

  @Test
  void aBackendThatAnswersNullOrContradictsItself() throws IOException {
    for (String model :
        List.of(
            "open.null",
            "capabilities.null",
            "next.null",
            "order.text",
            "order.twice",
            "order.again",
            "order.tool",
            "order.nulltext")) {
      Reply reply = zoo.chat("cage:" + model);
      assertThat(reply.toldError()).as(model + " " + reply).isTrue();
    }
    assertThat(zoo.chat("cage:fine").whole()).isTrue();
  }

  @Test
  void aBackendThatLiesAboutWhatItCan() throws IOException {
    long before = zoo.errors("cage");
    Reply little = zoo.chatWithTool("cage:capabilities.none");
    assertThat(little.status()).as(little.toString()).isEqualTo(400);
    assertThat(little.body()).as("says what is missing").contains("missing: tools");
    assertThat(zoo.chat("cage:capabilities.none").whole()).as("what needs nothing").isTrue();
    Reply much = zoo.chatWithTool("cage:capabilities.tools");
    assertThat(much.status()).as(much.toString()).isEqualTo(400);
    assertThat(much.body()).as("the provider's error").contains("the provider knows no tools");
    assertThat(zoo.errors("cage")).as("nobody is blamed").isEqualTo(before);
  }

  /** However often it throws: the log has a line a second, the inventory counts all. */
  @Test
  void aBackendThatThrowsOftenDoesNotFillTheLog() throws IOException {
    int times = 150;
    long before = zoo.errors("cage");
    long said = lines("backend");
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      zoo.chat("cage:next.exception");
    }
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    assertThat(zoo.errors("cage")).isEqualTo(before + times);
    awaitLogOfAnotherPlace();
    assertThat(lines("backend") - said)
        .as("lines in %d s", seconds)
        .isBetween(1L, seconds + 2)
        .isLessThan(times);
  }

  private static long lines(String place) {
    return zoo.instance()
        .log()
        .lines()
        .filter(line -> line.contains("plugin failed: ") && line.contains("instance=cage "))
        .filter(line -> line.contains(" at=" + place + " "))
        .count();
  }

  /** What was logged before that is written then. */
  private static void awaitLogOfAnotherPlace() {
    long said = lines("capabilities");
    zoo.instance()
        .await(
            "the log",
            _ -> {
              try {
                zoo.chat("cage:capabilities.exception");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return lines("capabilities") > said;
            });
  }

  @Test
  void aBackendWhoseInventoryIsBroken() throws IOException {
    for (String fault :
        List.of("exception", "linkage", "stack", "error", "null", "holes", "nameless")) {
      assertThat(zoo.chat("cage:models." + fault).whole()).isTrue();
      Reply models = zoo.request("GET", "/v1/models", "");
      assertThat(models.status()).as(fault + " " + models).isEqualTo(200);
      assertThat(models.body()).as("the others' models are there").contains("stub");
      Reply other = zoo.chat("stub-default");
      assertThat(other.status()).as(fault + " " + other).isEqualTo(200);
    }
    assertThat(zoo.chat("cage:models.well").whole()).isTrue();
  }

  @Test
  void aFeatureThatFailsAtEachStage() throws IOException {
    List<String> places =
        List.of(
            "secret_guard",
            "submit_request",
            "tool_catalog_filter",
            "request_wide_shaping",
            "pre_request_admission",
            "attempt_lifecycle",
            "stream_open",
            "stream_on");
    long before = zoo.errors("cage-feature");
    int asked = 0;
    for (String place : places) {
      List<String> faults = new ArrayList<>(THROWN);
      faults.add("null");
      for (String fault : faults) {
        Reply reply = zoo.chat("cage:" + place + "." + fault);
        assertThat(reply.whole()).as(place + "." + fault + " " + reply).isTrue();
        asked++;
      }
    }
    for (String more :
        List.of(
            "pre_request_admission.deny-null",
            "pre_request_admission.answer-null",
            "stream_on.twice",
            "stream_on.flood")) {
      Reply reply = zoo.chat("cage:" + more);
      assertThat(reply.whole()).as(more + " " + reply).isTrue();
      assertThat(reply.body()).doesNotContain("\"content\":\"flood\"");
    }
    assertThat(zoo.errors("cage-feature")).as("blamed").isGreaterThanOrEqualTo(before + asked - 1);
  }

  @Test
  void aStageThatMustNotFailEndsTheRequest() throws IOException {
    long before = zoo.errors("cage-feature");
    List<String> faults = new ArrayList<>(THROWN);
    faults.add("null");
    for (String fault : faults) {
      Reply reply = zoo.chat("cage:closed." + fault);
      assertThat(reply.toldError()).as(fault + " " + reply).isTrue();
      assertThat(reply.body()).as("says nothing of the inside").doesNotContain("zoo: ");
    }
    assertThat(zoo.errors("cage-feature"))
        .as("blamed")
        .isGreaterThanOrEqualTo(before + faults.size());
    assertThat(zoo.chat("cage:fine").whole()).isTrue();
  }

  @Test
  void aFrontendThatFailsAtEachCall() throws IOException {
    for (String thrown : THROWN) {
      Reply reply = zoo.request("POST", "/zoo/cage", "handle." + thrown);
      assertThat(reply.status()).as("handle." + thrown + " " + reply).isEqualTo(500);
      assertThat(reply.body()).doesNotContain("zoo: ");
    }
    for (String what : List.of("handle.nothing", "handle.nulls", "handle.status")) {
      Reply reply = zoo.request("POST", "/zoo/cage", what);
      assertThat(reply.status()).as(what + " " + reply).isEqualTo(500);
    }
    Reply twice = zoo.request("POST", "/zoo/cage", "handle.twice");
    assertThat(twice.status()).isEqualTo(200);
    assertThat(twice.body()).isEqualTo("one");
    Reply unended = zoo.request("POST", "/zoo/cage", "handle.unended");
    assertThat(unended.broken()).as("a client never takes it for whole " + unended).isTrue();
    for (String fault :
        List.of("exception", "linkage", "assertion", "stack", "error", "null", "nulls", "status")) {
      assertThat(zoo.request("POST", "/zoo/cage", "render." + fault).body()).isEqualTo("fine");
      Reply reply = zoo.request("DELETE", "/zoo/cage", "");
      assertThat(reply.status()).as("render." + fault + " " + reply).isEqualTo(405);
    }
    assertThat(zoo.request("POST", "/zoo/cage", "render.well").body()).isEqualTo("fine");
  }

  /** Streams that wait share a thread; who keeps it holds the others up for a second or so. */
  @Test
  void aWriterThatKeepsTheThreadOfManyStreams() throws Exception {
    zoo.loop();
    try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(requests.submit(() -> zoo.chat("loop:local-stub:stub-slow-20ms-200")));
      }
      Future<Reply> nap = requests.submit(() -> zoo.request("POST", "/zoo/cage", "follow.nap"));
      zoo.awaitSaid("lip.test.cage", "hung or burnt on a thread of many streams");
      for (Future<Reply> other : others) {
        assertThat(other.get().body()).contains("word200").contains("[DONE]");
      }
      assertThat(nap.get().body()).as("it goes on when it wakes").contains("word10");
    }
  }

  @Test
  void aSleeperIsDrainedAtTheLimit() throws Exception {
    zoo.dropSleeper("sleeper");
    try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reply> asleep = requests.submit(() -> zoo.chat("sleeper:stuck"));
      zoo.instance().await("it is asked", tree -> Zoo.leases(tree, "sleeper") == 1);
      zoo.instance().remove("sleeper.jar");
      Reply ended = asleep.get();
      assertThat(ended.toldError()).as("the error of its protocol: " + ended).isTrue();
    }
    zoo.instance()
        .await(
            "the bundle goes",
            tree -> Zoo.said(tree).stream().noneMatch(one -> one.contains("sleeper")));
  }

  @Test
  void aBackendThatSleepsForEver() throws IOException {
    long before = Zoo.leases(zoo.instance().inventory(), "cage");
    try (var connection = new Connection(zoo.instance().port())) {
      int status =
          connection.post(
              "/v1/chat/completions",
              "application/json",
              "{\"model\":\"cage:next.sleep\",\"stream\":true,"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}");
      assertThat(status).isEqualTo(200);
      byte[] first = connection.next();
      assertThat(first).isNotNull();
      assertThat(new String(first, StandardCharsets.UTF_8)).isNotEmpty();
    }
    // Its client is gone, its thread never ends, its lease is held; whoever comes is served.
    assertThat(zoo.chat("cage:fine").whole()).isTrue();
    zoo.instance().await("its lease is held", tree -> Zoo.leases(tree, "cage") == before + 1);
  }

  @Test
  void threadsAndThreadLocalsThatLeak() throws IOException {
    assertThat(zoo.chat("cage:next.threads").whole()).isTrue();
    assertThat(zoo.instance().jcmd("Thread.print")).contains("zoo-leak-199");
    // Each leaves 8 MB behind; together they are more than the heap. Requests end with their
    // threads, so nothing is kept.
    for (int i = 0; i < 60; i++) {
      assertThat(zoo.chat("cage:next.locals").whole()).isTrue();
    }
  }

  @Test
  void kindsThatCannotBeUsed() {
    String handlers =
        """
        return Collections.nCopies(10_000, (Contribution) new Contribution.OnCall(
            StageId.SUBMIT_REQUEST, FailurePolicy.FAIL_OPEN, (call, context) -> call));
        """;
    Map<Misfit, String> reasons =
        Map.ofEntries(
            Map.entry(
                Misfit.of("nullclaims", "Frontend", "claims", "return null;"), "claims are null"),
            Map.entry(
                Misfit.of(
                    "badclaims",
                    "Frontend",
                    "claims",
                    "return List.of(Claim.of(\"POST\", \"/{\"));"),
                "pattern is /{"),
            Map.entry(
                Misfit.of("manyhandlers", "Feature", "contributions", handlers),
                "10000 contributions; at most 256"),
            Map.entry(
                Misfit.of(
                    "nullhandler",
                    "Feature",
                    "contributions",
                    "return List.of(new Contribution.Hint(null));"),
                "lacks its handler"),
            Map.entry(
                Misfit.of("nullinstance", "Backend", "create", "return null;"),
                "create gave nothing"),
            Map.entry(
                Misfit.of(
                    "unlinked", "Backend", "create", "throw new NoClassDefFoundError(\"gone\");"),
                "NoClassDefFoundError: gone"),
            Map.entry(
                Misfit.of(
                    "hugedefaults",
                    "Backend",
                    "defaults",
                    "return Optional.of(Map.of(\"default.model\", \"x\".repeat(1_000_000)));"),
                "its defaults have 1000013 characters"),
            Map.entry(
                Misfit.of("nulldefaults", "Backend", "defaults", "return null;"),
                "its defaults are null"),
            Map.entry(Misfit.of("badid", "Backend", "id", "return null;"), "its id is not"),
            Map.entry(
                Misfit.of("nullmodel", "Backend", "defaultModel", "return null;"),
                "its default model is null"),
            Map.entry(
                Misfit.of("greedy", "Backend", "modelPrefixes", "return List.of(\"\");"),
                "an empty model prefix"),
            Map.entry(
                Misfit.of("sameid", "Backend", "id", "return \"mark\";"),
                "the id mark is taken by lip.test.mark"),
            Map.entry(
                Misfit.of(
                    "sameroute",
                    "Frontend",
                    "claims",
                    "return List.of(Claim.of(\"POST\", \"/v1/chat/completions\"));"),
                "is claimed by"));
    reasons.keySet().forEach(zoo::drop);
    Misfit wrong = new Misfit("wrongapi", "Backend", Map.of());
    zoo.drop(wrong, Map.of("Import-Package", "lip.sdk;version=\"[99,100)\",*"));
    reasons.forEach((misfit, reason) -> zoo.awaitSaid(misfit.name(), reason));
    zoo.awaitSaid("wrongapi.jar", "lip.sdk");
    reasons.keySet().forEach(zoo::remove);
    zoo.remove(wrong);
  }
}
