package lip.backend.anthropic;

import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Thinking;
import lip.api.tool.ToolChoice;
import lip.sdk.fidelity.Fidelity;
import org.jspecify.annotations.Nullable;

/**
 * Output limit and reasoning of a request: as said in this dialect, else by the model's rules.
 *
 * @param maxTokens the limit
 * @param mode type of the thinking object; null = none
 * @param budget its budget; null = none
 * @param display its display; null = none
 * @param effort effort of the output; null = none
 */
record ThinkingPlan(
    long maxTokens,
    @Nullable String mode,
    @Nullable Integer budget,
    @Nullable String display,
    @Nullable String effort) {
  private static final int LEAST_BUDGET = 1_024;

  /** Whether the model is told to reason. */
  boolean thinks() {
    return mode != null && !mode.equals("disabled");
  }

  static ThinkingPlan of(Call call, History history, String model, Fidelity fidelity) {
    ModelRules rules = ModelRules.of(model);
    Thinking said = call.options().thinking();
    Integer max = call.options().maxOutputTokens();
    if (call.dialect().equals(Dialect.ANTHROPIC)) {
      long limit = max == null ? Math.min(ModelRules.USUAL_TOKENS, rules.mostTokens()) : max;
      return said == null
          ? new ThinkingPlan(limit, null, null, null, null)
          : new ThinkingPlan(
              limit, said.mode(), said.budgetTokens(), said.display(), said.effort());
    }
    if (max != null && max > rules.mostTokens()) {
      fidelity.mapped(
          "max_output_tokens", String.valueOf(rules.mostTokens()), "the model writes no more");
    }
    long limit = Math.min(max == null ? ModelRules.USUAL_TOKENS : max, rules.mostTokens());
    ThinkingPlan none = new ThinkingPlan(limit, null, null, null, null);
    if (said == null) {
      return none;
    }
    if (said.display() != null) {
      fidelity.lost("thinking.display", "its words are those of another provider");
    }
    String effort = effort(said);
    Integer budget = said.budgetTokens();
    boolean wanted =
        effort != null || (budget != null && budget > 0) || "enabled".equals(said.mode());
    if (!wanted || "none".equals(effort) || "disabled".equals(said.mode())) {
      return none;
    }
    String name = effort != null ? "thinking.effort" : "thinking.budget_tokens";
    return switch (rules.thinking()) {
      case NOT -> {
        fidelity.lost(name, "the model does not reason");
        yield none;
      }
      case BY_EFFORT -> {
        if (budget != null) {
          fidelity.mapped("thinking.budget_tokens", "adaptive", "the model takes an effort only");
        }
        if (effort != null && !effort.equals(said.effort())) {
          fidelity.mapped(name, effort, "the word for it here");
        }
        yield new ThinkingPlan(limit, "adaptive", null, null, effort);
      }
      case BY_BUDGET -> {
        int tokens =
            budget != null && budget > 0 ? budget : ModelRules.budget(String.valueOf(effort));
        String problem = problem(call, history, max);
        if (problem != null) {
          fidelity.lost(name, problem);
          yield none;
        }
        long all = max == null ? Math.min(rules.mostTokens(), limit + tokens) : limit;
        long most = Math.max(LEAST_BUDGET, Math.min(tokens, all / 2));
        if (budget == null || budget != most) {
          fidelity.mapped(
              budget == null ? name : "thinking.budget_tokens",
              "budget_tokens=" + most,
              budget == null ? "the model takes a budget" : "the budget must fit the answer");
        }
        yield new ThinkingPlan(all, "enabled", (int) most, null, null);
      }
    };
  }

  private static @Nullable String effort(Thinking said) {
    String effort = said.effort() == null ? said.level() : said.effort();
    return "minimal".equals(effort) ? "low" : effort;
  }

  /** Why a budget would be refused; null = it would not. */
  private static @Nullable String problem(Call call, History history, @Nullable Integer max) {
    if (call.toolChoice() instanceof ToolChoice.Any
        || call.toolChoice() instanceof ToolChoice.Named) {
      return "not possible with a forced tool";
    }
    if (max != null && max <= LEAST_BUDGET) {
      return "the output limit is too small for it";
    }
    Message last = null;
    for (Message turn : history.turns()) {
      last = turn.role().equals(Role.ASSISTANT) ? turn : last;
    }
    boolean loop =
        last != null
            && last.parts().stream().anyMatch(Part.ToolCall.class::isInstance)
            && !(last.parts().getFirst() instanceof Part.Reasoning);
    return loop ? "the client does not bring back that of its tool calls" : null;
  }
}
