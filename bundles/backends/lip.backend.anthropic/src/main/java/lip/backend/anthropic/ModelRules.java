package lip.backend.anthropic;

import java.util.List;

/**
 * What a family of models can do, for calls that were not written for it.
 *
 * @param prefix start of the model names
 * @param mostTokens most output tokens it takes
 * @param thinking how it is told to reason
 */
record ModelRules(String prefix, int mostTokens, Thinks thinking) {
  /** How a model is told to reason. Closed by nature. */
  enum Thinks {
    /** It does not. */
    NOT,
    /** By a budget of tokens. */
    BY_BUDGET,
    /** By an effort. */
    BY_EFFORT
  }

  /** Output limit for a client that says none, where the model allows that much. */
  static final int USUAL_TOKENS = 32_000;

  private static final List<ModelRules> TABLE =
      List.of(
          new ModelRules("claude-2", 4_096, Thinks.NOT),
          new ModelRules("claude-instant", 4_096, Thinks.NOT),
          new ModelRules("claude-3-haiku", 4_096, Thinks.NOT),
          new ModelRules("claude-3-sonnet", 4_096, Thinks.NOT),
          new ModelRules("claude-3-opus", 4_096, Thinks.NOT),
          new ModelRules("claude-3-5", 8_192, Thinks.NOT),
          new ModelRules("claude-3-7", 64_000, Thinks.BY_BUDGET),
          new ModelRules("claude-opus-4-0", 32_000, Thinks.BY_BUDGET),
          new ModelRules("claude-opus-4-1", 32_000, Thinks.BY_BUDGET),
          new ModelRules("claude-opus-4-2025", 32_000, Thinks.BY_BUDGET),
          new ModelRules("claude-opus-4-5", 64_000, Thinks.BY_BUDGET),
          new ModelRules("claude-sonnet-4-0", 64_000, Thinks.BY_BUDGET),
          new ModelRules("claude-sonnet-4-2025", 64_000, Thinks.BY_BUDGET),
          new ModelRules("claude-sonnet-4-5", 64_000, Thinks.BY_BUDGET),
          new ModelRules("claude-haiku-4-5", 64_000, Thinks.BY_BUDGET));

  private static final ModelRules NEWEST = new ModelRules("", Integer.MAX_VALUE, Thinks.BY_EFFORT);

  /** The rules for a model; names that are not in the table are taken for current models. */
  static ModelRules of(String model) {
    for (ModelRules rules : TABLE) {
      if (model.startsWith(rules.prefix)) {
        return rules;
      }
    }
    return NEWEST;
  }

  /** The tokens of an effort (protocol page 4.8). */
  static int budget(String effort) {
    return switch (effort) {
      case "minimal" -> 1_024;
      case "low" -> 2_048;
      case "medium" -> 8_192;
      case "xhigh", "max" -> 32_768;
      default -> 16_384;
    };
  }
}
