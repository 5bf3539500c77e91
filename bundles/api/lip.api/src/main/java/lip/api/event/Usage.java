package lip.api.event;

import java.util.Objects;
import lip.api.Dialect;
import lip.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of one answer so far. Each report replaces the one before, it does not add to it. A
 * count is null when the provider did not give it, which is not the same as 0. Immutable.
 */
public final class Usage {
  private final @Nullable Long input;
  private final @Nullable Long output;
  private final @Nullable Long total;
  private final @Nullable Long cacheRead;
  private final @Nullable Long cacheWrite;
  private final @Nullable Long cacheWrite5m;
  private final @Nullable Long cacheWrite1h;
  private final @Nullable Long reasoning;
  private final @Nullable Long audioInput;
  private final @Nullable Long audioOutput;
  private final @Nullable Long acceptedPrediction;
  private final @Nullable Long rejectedPrediction;
  private final @Nullable Dialect dialect;
  private final @Nullable Json raw;

  private Usage(Builder b) {
    input = b.input;
    output = b.output;
    total = b.total;
    cacheRead = b.cacheRead;
    cacheWrite = b.cacheWrite;
    cacheWrite5m = b.cacheWrite5m;
    cacheWrite1h = b.cacheWrite1h;
    reasoning = b.reasoning;
    audioInput = b.audioInput;
    audioOutput = b.audioOutput;
    acceptedPrediction = b.acceptedPrediction;
    rejectedPrediction = b.rejectedPrediction;
    dialect = b.dialect;
    raw = b.raw;
  }

  /** A builder with no count. */
  public static Builder builder() {
    return new Builder();
  }

  /** Input and output only. */
  public static Usage of(long input, long output) {
    return builder().input(input).output(output).total(input + output).build();
  }

  /** All prompt tokens, cache reads and writes included. */
  public @Nullable Long input() {
    return input;
  }

  /** All generated tokens, reasoning included. */
  public @Nullable Long output() {
    return output;
  }

  /** Total as the provider counts it. */
  public @Nullable Long total() {
    return total;
  }

  /** Prompt tokens read from the provider's cache. */
  public @Nullable Long cacheRead() {
    return cacheRead;
  }

  /** Prompt tokens written to the provider's cache, whatever their time to live. */
  public @Nullable Long cacheWrite() {
    return cacheWrite;
  }

  /** Of those, the ones kept for five minutes. */
  public @Nullable Long cacheWrite5m() {
    return cacheWrite5m;
  }

  /** Of those, the ones kept for an hour. */
  public @Nullable Long cacheWrite1h() {
    return cacheWrite1h;
  }

  /** Output tokens spent on reasoning. */
  public @Nullable Long reasoning() {
    return reasoning;
  }

  /** Prompt tokens of sound. */
  public @Nullable Long audioInput() {
    return audioInput;
  }

  /** Output tokens of sound. */
  public @Nullable Long audioOutput() {
    return audioOutput;
  }

  /** Predicted tokens that were used. */
  public @Nullable Long acceptedPrediction() {
    return acceptedPrediction;
  }

  /** Predicted tokens that were paid and dropped. */
  public @Nullable Long rejectedPrediction() {
    return rejectedPrediction;
  }

  /** Dialect of {@link #raw()}; null = none. */
  public @Nullable Dialect dialect() {
    return dialect;
  }

  /** The provider's usage object as received; null = none. */
  public @Nullable Json raw() {
    return raw;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Usage that
        && Objects.equals(input, that.input)
        && Objects.equals(output, that.output)
        && Objects.equals(total, that.total)
        && Objects.equals(cacheRead, that.cacheRead)
        && Objects.equals(cacheWrite, that.cacheWrite)
        && Objects.equals(cacheWrite5m, that.cacheWrite5m)
        && Objects.equals(cacheWrite1h, that.cacheWrite1h)
        && Objects.equals(reasoning, that.reasoning)
        && Objects.equals(audioInput, that.audioInput)
        && Objects.equals(audioOutput, that.audioOutput)
        && Objects.equals(acceptedPrediction, that.acceptedPrediction)
        && Objects.equals(rejectedPrediction, that.rejectedPrediction)
        && Objects.equals(dialect, that.dialect)
        && Objects.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, output, total, cacheRead, reasoning);
  }

  /** For logs. */
  @Override
  public String toString() {
    return "Usage[input=" + input + ", output=" + output + ", total=" + total + "]";
  }

  /** Collects counts; not thread-safe. */
  public static final class Builder {
    private @Nullable Long input;
    private @Nullable Long output;
    private @Nullable Long total;
    private @Nullable Long cacheRead;
    private @Nullable Long cacheWrite;
    private @Nullable Long cacheWrite5m;
    private @Nullable Long cacheWrite1h;
    private @Nullable Long reasoning;
    private @Nullable Long audioInput;
    private @Nullable Long audioOutput;
    private @Nullable Long acceptedPrediction;
    private @Nullable Long rejectedPrediction;
    private @Nullable Dialect dialect;
    private @Nullable Json raw;

    private Builder() {}

    /** Sets or clears {@link Usage#input()}. */
    public Builder input(@Nullable Long value) {
      input = value;
      return this;
    }

    /** Sets or clears {@link Usage#output()}. */
    public Builder output(@Nullable Long value) {
      output = value;
      return this;
    }

    /** Sets or clears {@link Usage#total()}. */
    public Builder total(@Nullable Long value) {
      total = value;
      return this;
    }

    /** Sets or clears {@link Usage#cacheRead()}. */
    public Builder cacheRead(@Nullable Long value) {
      cacheRead = value;
      return this;
    }

    /** Sets or clears {@link Usage#cacheWrite()}. */
    public Builder cacheWrite(@Nullable Long value) {
      cacheWrite = value;
      return this;
    }

    /** Sets or clears {@link Usage#cacheWrite5m()}. */
    public Builder cacheWrite5m(@Nullable Long value) {
      cacheWrite5m = value;
      return this;
    }

    /** Sets or clears {@link Usage#cacheWrite1h()}. */
    public Builder cacheWrite1h(@Nullable Long value) {
      cacheWrite1h = value;
      return this;
    }

    /** Sets or clears {@link Usage#reasoning()}. */
    public Builder reasoning(@Nullable Long value) {
      reasoning = value;
      return this;
    }

    /** Sets or clears {@link Usage#audioInput()}. */
    public Builder audioInput(@Nullable Long value) {
      audioInput = value;
      return this;
    }

    /** Sets or clears {@link Usage#audioOutput()}. */
    public Builder audioOutput(@Nullable Long value) {
      audioOutput = value;
      return this;
    }

    /** Sets or clears {@link Usage#acceptedPrediction()}. */
    public Builder acceptedPrediction(@Nullable Long value) {
      acceptedPrediction = value;
      return this;
    }

    /** Sets or clears {@link Usage#rejectedPrediction()}. */
    public Builder rejectedPrediction(@Nullable Long value) {
      rejectedPrediction = value;
      return this;
    }

    /** Keeps the usage object as received. */
    public Builder raw(Dialect from, Json object) {
      dialect = from;
      raw = object;
      return this;
    }

    /** The usage. */
    public Usage build() {
      return new Usage(this);
    }
  }
}
