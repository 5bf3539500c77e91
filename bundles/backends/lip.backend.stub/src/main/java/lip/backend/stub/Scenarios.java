package lip.backend.stub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lip.api.event.FinishReason;

/**
 * Which scenario a model name stands for. Names that are not known do what the settings say, like
 * {@link #DEFAULT_MODEL}.
 */
final class Scenarios {
  static final String DEFAULT_MODEL = "stub-default";

  /** The names that {@code GET /v1/models} shows; those with numbers are examples of a family. */
  static final List<String> MODELS =
      List.of(
          DEFAULT_MODEL,
          "stub-echo",
          "stub-reasoning",
          "stub-tools",
          "stub-tools-parallel",
          "stub-tools-broken",
          "stub-refusal",
          "stub-empty",
          "stub-finish-length",
          "stub-finish-content-filter",
          "stub-words-100",
          "stub-slow-20ms-100",
          "stub-late-500ms",
          "stub-error-429",
          "stub-error-500",
          "stub-error-after-3",
          "stub-truncate",
          "stub-truncate-3",
          "stub-stall",
          "stub-stall-3");

  private static final List<FinishReason> REASONS =
      List.of(
          FinishReason.STOP,
          FinishReason.STOP_SEQUENCE,
          FinishReason.TOOL_CALLS,
          FinishReason.LENGTH,
          FinishReason.CONTEXT_EXCEEDED,
          FinishReason.CONTENT_FILTER,
          FinishReason.REFUSAL,
          FinishReason.PAUSE,
          FinishReason.MALFORMED_TOOL,
          FinishReason.MAX_TURNS,
          FinishReason.UNKNOWN);

  private static final int MAX_WORDS = 100_000;
  private static final Pattern WORDS = Pattern.compile("stub-words-([0-9]{1,6})");
  private static final Pattern SLOW = Pattern.compile("stub-slow-([0-9]{1,6})ms(?:-([0-9]{1,6}))?");
  private static final Pattern LATE = Pattern.compile("stub-late-([0-9]{1,6})ms");
  private static final Pattern FINISH = Pattern.compile("stub-finish-([a-z-]+)");
  private static final Pattern ERROR = Pattern.compile("stub-error-([45][0-9][0-9])");
  private static final Pattern END =
      Pattern.compile("stub-(error-after|truncate|stall)(?:-([0-9]{1,6}))?");

  private final Scenario settings;

  Scenarios(LocalStubSettings s) {
    Duration retryAfter = s.error_retry_after();
    settings =
        new Scenario(
            new Scenario.Said(
                s.text(),
                false,
                s.reasoning().orElse(null),
                false,
                s.finish_reason().flatMap(Scenarios::finishReason).orElse(null)),
            new Scenario.Tools(
                s.tool_name().isPresent() ? 1 : 0, s.tool_name().orElse(null), s.tool_args()),
            new Scenario.Pace(s.chunk_size(), s.first_delay(), s.delay()),
            new Scenario.Trouble(
                s.error_status(),
                retryAfter.isZero() ? null : retryAfter,
                orNever(s.stream_error_after_text_delta()),
                orNever(s.truncate_after_text_delta()),
                orNever(s.stall_after_text_delta())),
            s.input_tokens().orElse(null),
            s.output_tokens().orElse(null));
  }

  static Optional<FinishReason> finishReason(String word) {
    String id = word.strip().replace('-', '_');
    return REASONS.stream().filter(reason -> reason.id().equalsIgnoreCase(id)).findFirst();
  }

  static List<String> finishReasons() {
    return REASONS.stream().map(FinishReason::id).toList();
  }

  /** Whether a name selects something else than the settings. */
  boolean knows(String model) {
    return model.equals(DEFAULT_MODEL) || named(model).isPresent();
  }

  Scenario of(String model) {
    return named(model).orElse(settings);
  }

  private Optional<Scenario> named(String model) {
    return switch (model) {
      case "stub-echo" -> Optional.of(settings.echoing());
      case "stub-reasoning" ->
          Optional.of(
              settings.withReasoning(
                  Optional.ofNullable(settings.said().reasoning())
                      .orElse("The question is simple. The answer is known.")));
      case "stub-tools" -> Optional.of(settings.withTools(1, settings.tools().arguments()));
      case "stub-tools-parallel" ->
          Optional.of(settings.withTools(2, settings.tools().arguments()));
      case "stub-tools-broken" -> Optional.of(settings.withTools(1, "{\"path\": \"a.txt\", \"lin"));
      case "stub-refusal" -> Optional.of(settings.refusing("I cannot help with that."));
      case "stub-empty" -> Optional.of(settings.withText(null));
      default -> numbered(model);
    };
  }

  private Optional<Scenario> numbered(String model) {
    Matcher m = WORDS.matcher(model);
    if (m.matches()) {
      return words(m.group(1)).map(settings::withText);
    }
    m = SLOW.matcher(model);
    if (m.matches()) {
      Duration delay = Duration.ofMillis(Integer.parseInt(m.group(1)));
      String count = m.group(2);
      return words(count == null ? "100" : count)
          .map(text -> settings.withText(text).withDelays(delay, delay));
    }
    m = LATE.matcher(model);
    if (m.matches()) {
      Duration delay = Duration.ofMillis(Integer.parseInt(m.group(1)));
      return Optional.of(settings.withDelays(delay, settings.pace().between()));
    }
    m = FINISH.matcher(model);
    if (m.matches()) {
      return finishReason(m.group(1)).map(settings::withFinish);
    }
    m = ERROR.matcher(model);
    if (m.matches()) {
      int status = Integer.parseInt(m.group(1));
      Duration wait = status == 429 || status == 503 ? Duration.ofSeconds(1) : null;
      return Optional.of(
          settings.failing(
              status,
              settings.trouble().retryAfter() == null ? wait : settings.trouble().retryAfter()));
    }
    m = END.matcher(model);
    if (m.matches()) {
      return ending(m.group(1), m.group(2) == null ? 1 : Integer.parseInt(m.group(2)));
    }
    return Optional.empty();
  }

  private Optional<Scenario> ending(String how, int after) {
    // Enough words that there is something left to lose.
    return words(String.valueOf(after + 3))
        .map(settings::withText)
        .map(said ->
            switch (how) {
              case "truncate" -> said.ending(-1, after, -1);
              case "stall" -> said.ending(-1, -1, after);
              default -> said.ending(after, -1, -1);
            });
  }

  /** Numbered words, so that a lost or doubled one shows. */
  private static Optional<String> words(String count) {
    int words = Integer.parseInt(count);
    return words > MAX_WORDS
        ? Optional.empty()
        : Optional.of(
            IntStream.rangeClosed(1, words)
                .mapToObj(i -> "word" + i)
                .collect(Collectors.joining(" ")));
  }

  private static int orNever(int count) {
    return count == 0 ? -1 : count;
  }
}
