package lip.api.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lip.api.InvalidCall;
import lip.api.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Generation controls. Every scalar is null when the client did not say; lists and maps are then
 * empty. Immutable.
 */
public final class Options {
  /** Nothing said. */
  public static final Options NONE = new Builder().build();

  private final @Nullable Double temperature;
  private final @Nullable Double topP;
  private final @Nullable Integer topK;
  private final @Nullable Integer maxOutputTokens;
  private final @Nullable Long seed;
  private final @Nullable Double frequencyPenalty;
  private final @Nullable Double presencePenalty;
  private final @Nullable Boolean logprobs;
  private final @Nullable Integer topLogprobs;
  private final @Nullable Integer candidates;
  private final @Nullable Boolean parallelToolCalls;
  private final @Nullable Thinking thinking;
  private final @Nullable OutputFormat outputFormat;
  private final @Nullable String verbosity;
  private final @Nullable String serviceTier;
  private final @Nullable String userId;
  private final @Nullable String safetyId;
  private final @Nullable String promptCacheKey;
  private final @Nullable String promptCacheRetention;
  private final @Nullable Boolean store;
  private final @Nullable String truncation;
  private final List<String> stop;
  private final List<String> modalities;
  private final Map<String, String> metadata;

  private Options(Builder b) {
    temperature = b.temperature;
    topP = b.topP;
    topK = b.topK;
    maxOutputTokens = b.maxOutputTokens;
    seed = b.seed;
    frequencyPenalty = b.frequencyPenalty;
    presencePenalty = b.presencePenalty;
    logprobs = b.logprobs;
    topLogprobs = b.topLogprobs;
    candidates = b.candidates;
    parallelToolCalls = b.parallelToolCalls;
    thinking = b.thinking;
    outputFormat = b.outputFormat;
    verbosity = b.verbosity;
    serviceTier = b.serviceTier;
    userId = b.userId;
    safetyId = b.safetyId;
    promptCacheKey = b.promptCacheKey;
    promptCacheRetention = b.promptCacheRetention;
    store = b.store;
    truncation = b.truncation;
    stop = List.copyOf(b.stop);
    modalities = List.copyOf(b.modalities);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(b.metadata));
    range("temperature", temperature, 0, 2);
    range("top_p", topP, 0, 1);
    range("frequency_penalty", frequencyPenalty, -2, 2);
    range("presence_penalty", presencePenalty, -2, 2);
    atLeast("max_output_tokens", maxOutputTokens, 0);
    atLeast("n", candidates, 1);
    InvalidCall.checkCount("stop", stop.size(), Limits.STOP_SEQUENCES);
    text("verbosity", verbosity);
    text("service_tier", serviceTier);
    text("user_id", userId);
    text("safety_id", safetyId);
    text("prompt_cache_key", promptCacheKey);
    text("prompt_cache_retention", promptCacheRetention);
    text("truncation", truncation);
  }

  /** A builder with nothing said. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The sampling temperature, 0 to 2. */
  public @Nullable Double temperature() {
    return temperature;
  }

  /** The nucleus sampling, 0 to 1. */
  public @Nullable Double topP() {
    return topP;
  }

  /** The sampling from the k best tokens. */
  public @Nullable Integer topK() {
    return topK;
  }

  /** The upper bound of the answer, reasoning included, 0 or more. */
  public @Nullable Integer maxOutputTokens() {
    return maxOutputTokens;
  }

  /** The seed of the sampling. */
  public @Nullable Long seed() {
    return seed;
  }

  /** -2 to 2. */
  public @Nullable Double frequencyPenalty() {
    return frequencyPenalty;
  }

  /** -2 to 2. */
  public @Nullable Double presencePenalty() {
    return presencePenalty;
  }

  /** Whether token probabilities are wanted. */
  public @Nullable Boolean logprobs() {
    return logprobs;
  }

  /** The alternatives per token. */
  public @Nullable Integer topLogprobs() {
    return topLogprobs;
  }

  /** The number of answers wanted ({@code n}), 1 or more. */
  public @Nullable Integer candidates() {
    return candidates;
  }

  /** Whether several tools may be called at once. */
  public @Nullable Boolean parallelToolCalls() {
    return parallelToolCalls;
  }

  /** The reasoning controls. */
  public @Nullable Thinking thinking() {
    return thinking;
  }

  /** The form of the answer. */
  public @Nullable OutputFormat outputFormat() {
    return outputFormat;
  }

  /** The {@code low}, {@code medium}, {@code high}. */
  public @Nullable String verbosity() {
    return verbosity;
  }

  /** The provider's tier word. */
  public @Nullable String serviceTier() {
    return serviceTier;
  }

  /** The the client's id of its end user. */
  public @Nullable String userId() {
    return userId;
  }

  /** The the client's hashed id of its end user, for abuse detection. */
  public @Nullable String safetyId() {
    return safetyId;
  }

  /** The key that groups prompts for the provider's cache. */
  public @Nullable String promptCacheKey() {
    return promptCacheKey;
  }

  /** How long the provider keeps the prompt. */
  public @Nullable String promptCacheRetention() {
    return promptCacheRetention;
  }

  /** Whether the provider may store the answer. */
  public @Nullable Boolean store() {
    return store;
  }

  /** What the provider does with a context that is too long. */
  public @Nullable String truncation() {
    return truncation;
  }

  /** Texts at which the answer ends. */
  public List<String> stop() {
    return stop;
  }

  /** Kinds of output wanted, empty = text. */
  public List<String> modalities() {
    return modalities;
  }

  /** The client's labels for the provider. */
  public Map<String, String> metadata() {
    return metadata;
  }

  private static void range(String field, @Nullable Double value, double min, double max) {
    // Written so that NaN fails too.
    if (value != null && !(value >= min && value <= max)) {
      throw new InvalidCall(field, value + " is outside of " + min + " to " + max);
    }
  }

  private static void atLeast(String field, @Nullable Integer value, int min) {
    if (value != null && value < min) {
      throw new InvalidCall(field, value + " is less than " + min);
    }
  }

  private static void text(String field, @Nullable String value) {
    if (value != null) {
      InvalidCall.checkLength(field, value, Limits.OPTION);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Options that
        && Objects.equals(temperature, that.temperature)
        && Objects.equals(topP, that.topP)
        && Objects.equals(topK, that.topK)
        && Objects.equals(maxOutputTokens, that.maxOutputTokens)
        && Objects.equals(seed, that.seed)
        && Objects.equals(frequencyPenalty, that.frequencyPenalty)
        && Objects.equals(presencePenalty, that.presencePenalty)
        && Objects.equals(logprobs, that.logprobs)
        && Objects.equals(topLogprobs, that.topLogprobs)
        && Objects.equals(candidates, that.candidates)
        && Objects.equals(parallelToolCalls, that.parallelToolCalls)
        && Objects.equals(thinking, that.thinking)
        && Objects.equals(outputFormat, that.outputFormat)
        && Objects.equals(verbosity, that.verbosity)
        && Objects.equals(serviceTier, that.serviceTier)
        && Objects.equals(userId, that.userId)
        && Objects.equals(safetyId, that.safetyId)
        && Objects.equals(promptCacheKey, that.promptCacheKey)
        && Objects.equals(promptCacheRetention, that.promptCacheRetention)
        && Objects.equals(store, that.store)
        && Objects.equals(truncation, that.truncation)
        && stop.equals(that.stop)
        && modalities.equals(that.modalities)
        && metadata.equals(that.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        temperature, topP, maxOutputTokens, seed, thinking, outputFormat, stop, metadata);
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Integer topK;
    private @Nullable Integer maxOutputTokens;
    private @Nullable Long seed;
    private @Nullable Double frequencyPenalty;
    private @Nullable Double presencePenalty;
    private @Nullable Boolean logprobs;
    private @Nullable Integer topLogprobs;
    private @Nullable Integer candidates;
    private @Nullable Boolean parallelToolCalls;
    private @Nullable Thinking thinking;
    private @Nullable OutputFormat outputFormat;
    private @Nullable String verbosity;
    private @Nullable String serviceTier;
    private @Nullable String userId;
    private @Nullable String safetyId;
    private @Nullable String promptCacheKey;
    private @Nullable String promptCacheRetention;
    private @Nullable Boolean store;
    private @Nullable String truncation;
    private List<String> stop = List.of();
    private List<String> modalities = List.of();
    private Map<String, String> metadata = Map.of();

    private Builder() {}

    private Builder(Options o) {
      temperature = o.temperature;
      topP = o.topP;
      topK = o.topK;
      maxOutputTokens = o.maxOutputTokens;
      seed = o.seed;
      frequencyPenalty = o.frequencyPenalty;
      presencePenalty = o.presencePenalty;
      logprobs = o.logprobs;
      topLogprobs = o.topLogprobs;
      candidates = o.candidates;
      parallelToolCalls = o.parallelToolCalls;
      thinking = o.thinking;
      outputFormat = o.outputFormat;
      verbosity = o.verbosity;
      serviceTier = o.serviceTier;
      userId = o.userId;
      safetyId = o.safetyId;
      promptCacheKey = o.promptCacheKey;
      promptCacheRetention = o.promptCacheRetention;
      store = o.store;
      truncation = o.truncation;
      stop = o.stop;
      modalities = o.modalities;
      metadata = o.metadata;
    }

    /** Sets or clears {@link Options#temperature()}. */
    public Builder temperature(@Nullable Double value) {
      temperature = value;
      return this;
    }

    /** Sets or clears {@link Options#topP()}. */
    public Builder topP(@Nullable Double value) {
      topP = value;
      return this;
    }

    /** Sets or clears {@link Options#topK()}. */
    public Builder topK(@Nullable Integer value) {
      topK = value;
      return this;
    }

    /** Sets or clears {@link Options#maxOutputTokens()}. */
    public Builder maxOutputTokens(@Nullable Integer value) {
      maxOutputTokens = value;
      return this;
    }

    /** Sets or clears {@link Options#seed()}. */
    public Builder seed(@Nullable Long value) {
      seed = value;
      return this;
    }

    /** Sets or clears {@link Options#frequencyPenalty()}. */
    public Builder frequencyPenalty(@Nullable Double value) {
      frequencyPenalty = value;
      return this;
    }

    /** Sets or clears {@link Options#presencePenalty()}. */
    public Builder presencePenalty(@Nullable Double value) {
      presencePenalty = value;
      return this;
    }

    /** Sets or clears {@link Options#logprobs()}. */
    public Builder logprobs(@Nullable Boolean value) {
      logprobs = value;
      return this;
    }

    /** Sets or clears {@link Options#topLogprobs()}. */
    public Builder topLogprobs(@Nullable Integer value) {
      topLogprobs = value;
      return this;
    }

    /** Sets or clears {@link Options#candidates()}. */
    public Builder candidates(@Nullable Integer value) {
      candidates = value;
      return this;
    }

    /** Sets or clears {@link Options#parallelToolCalls()}. */
    public Builder parallelToolCalls(@Nullable Boolean value) {
      parallelToolCalls = value;
      return this;
    }

    /** Sets or clears {@link Options#thinking()}. */
    public Builder thinking(@Nullable Thinking value) {
      thinking = value;
      return this;
    }

    /** Sets or clears {@link Options#outputFormat()}. */
    public Builder outputFormat(@Nullable OutputFormat value) {
      outputFormat = value;
      return this;
    }

    /** Sets or clears {@link Options#verbosity()}. */
    public Builder verbosity(@Nullable String value) {
      verbosity = value;
      return this;
    }

    /** Sets or clears {@link Options#serviceTier()}. */
    public Builder serviceTier(@Nullable String value) {
      serviceTier = value;
      return this;
    }

    /** Sets or clears {@link Options#userId()}. */
    public Builder userId(@Nullable String value) {
      userId = value;
      return this;
    }

    /** Sets or clears {@link Options#safetyId()}. */
    public Builder safetyId(@Nullable String value) {
      safetyId = value;
      return this;
    }

    /** Sets or clears {@link Options#promptCacheKey()}. */
    public Builder promptCacheKey(@Nullable String value) {
      promptCacheKey = value;
      return this;
    }

    /** Sets or clears {@link Options#promptCacheRetention()}. */
    public Builder promptCacheRetention(@Nullable String value) {
      promptCacheRetention = value;
      return this;
    }

    /** Sets or clears {@link Options#store()}. */
    public Builder store(@Nullable Boolean value) {
      store = value;
      return this;
    }

    /** Sets or clears {@link Options#truncation()}. */
    public Builder truncation(@Nullable String value) {
      truncation = value;
      return this;
    }

    /** Sets {@link Options#stop()}. */
    public Builder stop(List<String> value) {
      stop = value;
      return this;
    }

    /** Sets {@link Options#modalities()}. */
    public Builder modalities(List<String> value) {
      modalities = value;
      return this;
    }

    /** Sets {@link Options#metadata()}. */
    public Builder metadata(Map<String, String> value) {
      metadata = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws InvalidCall when a value is out of range
     */
    public Options build() {
      return new Options(this);
    }
  }
}
