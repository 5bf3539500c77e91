package lip.backend.stub;

import java.time.Duration;
import lip.api.event.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * What one answer does.
 *
 * @param said what is said and how it ends
 * @param tools tools that are called
 * @param pace how fast it comes
 * @param trouble what goes wrong
 * @param inputTokens reported prompt tokens; null = counted
 * @param outputTokens reported output tokens; null = counted
 */
record Scenario(
    Said said,
    Tools tools,
    Pace pace,
    Trouble trouble,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens) {
  /**
   * What is said and how it ends.
   *
   * @param text what is said; null = nothing
   * @param echo whether the last user text is said instead
   * @param reasoning visible reasoning first; null = none
   * @param refusal whether the text is a refusal
   * @param finish finish reason; null = by what was said
   */
  record Said(
      @Nullable String text,
      boolean echo,
      @Nullable String reasoning,
      boolean refusal,
      @Nullable FinishReason finish) {}

  /**
   * Tools that are called.
   *
   * @param count number of calls
   * @param name tool to call; null = the first one offered
   * @param arguments arguments of each call, maybe broken
   */
  record Tools(int count, @Nullable String name, String arguments) {}

  /**
   * How fast it comes.
   *
   * @param chunkSize characters of a delta; 0 = one word
   * @param first silence before the first delta
   * @param between silence between deltas
   */
  record Pace(int chunkSize, Duration first, Duration between) {}

  /**
   * What goes wrong. Counts are text deltas; -1 = never.
   *
   * @param status status of an error before output; 0 = none
   * @param retryAfter wait that this error names; null = none
   * @param errorAfter deltas before the answer fails
   * @param truncateAfter deltas before it ends without an end
   * @param stallAfter deltas before it falls silent for ever
   */
  record Trouble(
      int status,
      @Nullable Duration retryAfter,
      int errorAfter,
      int truncateAfter,
      int stallAfter) {}

  Scenario withText(@Nullable String text) {
    return with(new Said(text, false, said.reasoning, said.refusal, said.finish));
  }

  Scenario echoing() {
    return with(new Said(said.text, true, said.reasoning, said.refusal, said.finish));
  }

  Scenario withReasoning(String reasoning) {
    return with(new Said(said.text, said.echo, reasoning, said.refusal, said.finish));
  }

  Scenario withFinish(FinishReason finish) {
    return with(new Said(said.text, said.echo, said.reasoning, said.refusal, finish));
  }

  Scenario refusing(String words) {
    return with(new Tools(0, null, tools.arguments))
        .with(new Said(words, false, said.reasoning, true, said.finish));
  }

  Scenario withTools(int count, String arguments) {
    return with(new Tools(count, tools.name, arguments));
  }

  Scenario withDelays(Duration first, Duration between) {
    Pace slow = new Pace(pace.chunkSize, first, between);
    return new Scenario(said, tools, slow, trouble, inputTokens, outputTokens);
  }

  Scenario failing(int status, @Nullable Duration retryAfter) {
    return with(
        new Trouble(
            status, retryAfter, trouble.errorAfter, trouble.truncateAfter, trouble.stallAfter));
  }

  Scenario ending(int errorAfter, int truncateAfter, int stallAfter) {
    return with(
        new Trouble(trouble.status, trouble.retryAfter, errorAfter, truncateAfter, stallAfter));
  }

  private Scenario with(Said other) {
    return new Scenario(other, tools, pace, trouble, inputTokens, outputTokens);
  }

  private Scenario with(Tools other) {
    return new Scenario(said, other, pace, trouble, inputTokens, outputTokens);
  }

  private Scenario with(Trouble other) {
    return new Scenario(said, tools, pace, other, inputTokens, outputTokens);
  }
}
