package lip.backend.stub;

import java.time.Duration;
import lip.api.event.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * What one answer does. Counts are text deltas; -1 = never.
 *
 * @param text what is said; null = nothing
 * @param echo whether the last user text is said instead
 * @param reasoning visible reasoning first; null = none
 * @param tools number of tool calls
 * @param toolName tool to call; null = the first one offered
 * @param arguments arguments of each call, maybe broken
 * @param refusal whether the text is a refusal
 * @param finish finish reason; null = by what was said
 * @param chunkSize characters of a delta; 0 = one word
 * @param firstDelay silence before the first delta
 * @param delay silence between deltas
 * @param errorStatus status of an error before output; 0 = none
 * @param retryAfter wait that this error names; null = none
 * @param inputTokens reported prompt tokens; null = counted
 * @param outputTokens reported output tokens; null = counted
 * @param errorAfter deltas before the answer fails
 * @param truncateAfter deltas before it ends without an end
 * @param stallAfter deltas before it falls silent for ever
 */
record Scenario(
    @Nullable String text,
    boolean echo,
    @Nullable String reasoning,
    int tools,
    @Nullable String toolName,
    String arguments,
    boolean refusal,
    @Nullable FinishReason finish,
    int chunkSize,
    Duration firstDelay,
    Duration delay,
    int errorStatus,
    @Nullable Duration retryAfter,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    int errorAfter,
    int truncateAfter,
    int stallAfter) {
  Scenario withText(@Nullable String value) {
    return new Scenario(
        value,
        false,
        reasoning,
        tools,
        toolName,
        arguments,
        refusal,
        finish,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario echoing() {
    return new Scenario(
        text,
        true,
        reasoning,
        tools,
        toolName,
        arguments,
        refusal,
        finish,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario withReasoning(String value) {
    return new Scenario(
        text,
        echo,
        value,
        tools,
        toolName,
        arguments,
        refusal,
        finish,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario withTools(int count, String args) {
    return new Scenario(
        text,
        echo,
        reasoning,
        count,
        toolName,
        args,
        refusal,
        finish,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario refusing(String words) {
    return new Scenario(
        words,
        false,
        reasoning,
        0,
        null,
        arguments,
        true,
        finish,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario withFinish(FinishReason value) {
    return new Scenario(
        text,
        echo,
        reasoning,
        tools,
        toolName,
        arguments,
        refusal,
        value,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario withDelays(Duration first, Duration between) {
    return new Scenario(
        text,
        echo,
        reasoning,
        tools,
        toolName,
        arguments,
        refusal,
        finish,
        chunkSize,
        first,
        between,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario failing(int status, @Nullable Duration after) {
    return new Scenario(
        text,
        echo,
        reasoning,
        tools,
        toolName,
        arguments,
        refusal,
        finish,
        chunkSize,
        firstDelay,
        delay,
        status,
        after,
        inputTokens,
        outputTokens,
        errorAfter,
        truncateAfter,
        stallAfter);
  }

  Scenario ending(int failAfter, int endAfter, int silentAfter) {
    return new Scenario(
        text,
        echo,
        reasoning,
        tools,
        toolName,
        arguments,
        refusal,
        finish,
        chunkSize,
        firstDelay,
        delay,
        errorStatus,
        retryAfter,
        inputTokens,
        outputTokens,
        failAfter,
        endAfter,
        silentAfter);
  }
}
