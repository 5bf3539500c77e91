package lip.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.failure.FailureClass;
import lip.core.routing.Candidate.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstRuleThatAppliesTest {
  private static final Field.Known OPENAI =
      new Field.Known("openai-eu", "openai-legacy", List.of("gpt-", "o3"), "gpt-4o-mini");
  private static final Field.Known CLAUDE =
      new Field.Known("anthropic", "anthropic", List.of("claude-"), "claude-3-5-haiku");
  private static final Field.Known STUB =
      new Field.Known("local-stub", "local-stub", List.of("stub-"), "stub-default");

  private final Planner planner = new FirstRuleThatApplies();

  private record Live(List<Field.Known> backends, Map<String, Set<String>> models)
      implements Field {
    @Override
    public boolean lists(String backendId, String model) {
      return models.getOrDefault(backendId, Set.of()).contains(model);
    }
  }

  private static final Field ALL =
      new Live(
          List.of(OPENAI, CLAUDE, STUB),
          Map.of("local-stub", Set.of("llama3:8b", "gpt-special"), "anthropic", Set.of("opus")));

  private Candidate plan(String selector, String model, String route) throws Unroutable {
    List<Candidate> candidates = planner.plan(new Ask(selector, model, route), ALL);
    assertThat(candidates).hasSize(1);
    return candidates.getFirst();
  }

  private Unroutable refused(String selector, String model, String route) {
    return catchThrowableOfType(Unroutable.class, () -> plan(selector, model, route));
  }

  @Test
  void selectorWithBackendAndModelWins() throws Unroutable {
    assertThat(plan("anthropic:claude-x", "gpt-5", "local-stub:a"))
        .isEqualTo(new Candidate("anthropic", "claude-x", Reason.SELECTOR));
  }

  @Test
  void selectorNamesAKind() throws Unroutable {
    assertThat(plan("openai-legacy:vendor/m:free", null, null))
        .isEqualTo(new Candidate("openai-eu", "vendor/m:free", Reason.SELECTOR));
  }

  @Test
  void selectorWithBackendOnlyKeepsTheClientsModel() throws Unroutable {
    assertThat(plan("local-stub", "gpt-5", null).model()).isEqualTo("gpt-5");
    assertThat(plan("local-stub", null, null).model()).isEqualTo("stub-default");
    assertThat(plan("local-stub", "anthropic:opus", null).model()).isEqualTo("opus");
    assertThat(plan("local-stub", "llama3:8b", null).model()).isEqualTo("llama3:8b");
  }

  @Test
  void selectorWithModelOnlyFindsItsBackendAndIsNeverReplaced() throws Unroutable {
    assertThat(plan("opus", "gpt-5", null).backendId()).isEqualTo("anthropic");
    assertThat(plan("claude-9", null, null).backendId()).isEqualTo("anthropic");
    assertThat(plan("mystery", "gpt-5", "local-stub:stub-echo"))
        .isEqualTo(new Candidate("local-stub", "mystery", Reason.SELECTOR));
    assertThat(plan(":opus", null, null).backendId()).isEqualTo("anthropic");
  }

  @Test
  void colonInSelectorMayBelongToAModelThatIsListed() throws Unroutable {
    assertThat(plan("llama3:8b", null, null))
        .isEqualTo(new Candidate("local-stub", "llama3:8b", Reason.SELECTOR));
  }

  @Test
  void unknownBackendInSelectorNamesWhatIsKnown() {
    Unroutable thrown = refused("nobody:gpt-5", null, null);
    assertThat(thrown.failure().kind()).isEqualTo(FailureClass.NOT_FOUND);
    assertThat(thrown.failure().message())
        .contains("\"nobody\"")
        .contains("openai-eu, anthropic, local-stub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b|c:d", "a:b^c:d", "[weight=2]a:b", "a:b?temperature=1", "a:b!c:d"})
  void grammarOfAnotherIssueIsRefused(String selector) {
    Unroutable thrown = refused(selector, null, null);
    assertThat(thrown.failure().kind()).isEqualTo(FailureClass.INVALID_REQUEST);
    assertThat(thrown.failure().message()).contains("allowed: backend:model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "anthropic:", "a\u0001b"})
  void brokenSelectorIsRefused(String selector) {
    assertThat(refused(selector, null, null).failure().kind())
        .isEqualTo(FailureClass.INVALID_REQUEST);
  }

  @Test
  void longTextsAreRefused() {
    assertThat(refused("x".repeat(65_537), null, null).failure().kind())
        .isEqualTo(FailureClass.INVALID_REQUEST);
    assertThat(refused(null, "x".repeat(1_025), null).failure().param()).isEqualTo("model");
    assertThat(refused(null, "a\nb", null).failure().message()).contains("position 1");
  }

  @Test
  void modelNamesALiveBackendBeforeItsColon() throws Unroutable {
    assertThat(plan(null, "anthropic:opus:x", "local-stub:a"))
        .isEqualTo(new Candidate("anthropic", "opus:x", Reason.MODEL_PREFIX));
    assertThat(plan(null, "openai-legacy:m", null).backendId()).isEqualTo("openai-eu");
    assertThat(refused(null, "anthropic:", null).failure().kind())
        .isEqualTo(FailureClass.INVALID_REQUEST);
  }

  @Test
  void modelIsNotParsedAsASelector() throws Unroutable {
    assertThat(plan(null, "a|b^c?x=1", null))
        .isEqualTo(new Candidate("openai-eu", "a|b^c?x=1", Reason.FIRST_BACKEND));
  }

  @Test
  void inventoryBeatsKindPrefix() throws Unroutable {
    assertThat(plan(null, "gpt-special", null))
        .isEqualTo(new Candidate("local-stub", "gpt-special", Reason.INVENTORY));
    assertThat(plan(null, "llama3:8b", null).reason()).isEqualTo(Reason.INVENTORY);
  }

  @Test
  void kindPrefixBeatsDefaultRoute() throws Unroutable {
    assertThat(plan(null, "claude-42", "local-stub:stub-echo"))
        .isEqualTo(new Candidate("anthropic", "claude-42", Reason.KIND_PREFIX));
  }

  @Test
  void configuredDefaultRouteWithModelReplacesTheClients() throws Unroutable {
    assertThat(plan(null, "mystery", "local-stub:stub-echo"))
        .isEqualTo(new Candidate("local-stub", "stub-echo", Reason.DEFAULT_ROUTE));
    assertThat(plan(null, "mystery", "local-stub").model()).isEqualTo("mystery");
    assertThat(plan(null, null, "local-stub").model()).isEqualTo("stub-default");
  }

  @Test
  void synthesisedDefaultRouteKeepsTheClientsModel() throws Unroutable {
    assertThat(plan(null, "mystery", null))
        .isEqualTo(new Candidate("openai-eu", "mystery", Reason.FIRST_BACKEND));
    assertThat(plan(null, null, null).model()).isEqualTo("gpt-4o-mini");
    assertThat(plan(null, " ", null).model()).isEqualTo("gpt-4o-mini");
  }

  @Test
  void defaultRouteThatIsNotLiveIsUnavailable() {
    assertThat(refused(null, "mystery", "gone:m").failure().kind())
        .isEqualTo(FailureClass.UNAVAILABLE);
  }

  @Test
  void noBackendIsUnavailable() {
    Unroutable thrown =
        catchThrowableOfType(
            Unroutable.class,
            () -> planner.plan(new Ask(null, "m", null), new Live(List.of(), Map.of())));
    assertThat(thrown.failure().kind()).isEqualTo(FailureClass.UNAVAILABLE);
  }

  @Test
  void textOfAClientIsShownInOneBoundedLine() {
    assertThat(Shown.text("a\nb\u2028\\")).isEqualTo("a\\u000ab\\u2028\\\\");
    assertThat(Shown.text("x".repeat(500))).hasSize(203).endsWith("...");
    assertThat(Shown.text("plain")).isEqualTo("plain");
  }
}
