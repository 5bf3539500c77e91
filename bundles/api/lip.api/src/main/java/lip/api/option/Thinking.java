package lip.api.option;

import org.jspecify.annotations.Nullable;

/**
 * How much the model reasons and what of it is shown. Each piece may be absent; a backend maps what
 * it knows.
 *
 * @param mode {@code enabled}, {@code disabled}, {@code adaptive}; null = not said
 * @param effort {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high}, {@code
 *     xhigh}, {@code max}; null = not said
 * @param budgetTokens tokens for reasoning; null = not said
 * @param level provider's level word; null = not said
 * @param display {@code omitted}, {@code summarized}, {@code full}; null = not said
 */
public record Thinking(
    @Nullable String mode,
    @Nullable String effort,
    @Nullable Integer budgetTokens,
    @Nullable String level,
    @Nullable String display) {
  /** Only an effort. */
  public static Thinking effort(String effort) {
    return new Thinking(null, effort, null, null, null);
  }
}
