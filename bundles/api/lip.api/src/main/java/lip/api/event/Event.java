package lip.api.event;

import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.failure.Failure;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import org.jspecify.annotations.Nullable;

/**
 * One step of an answer. The list of cases is closed; what is added later implements {@link Other}.
 * The legal order is that of {@link EventOrder}.
 */
public sealed interface Event {
  /** Whether the client has seen output once this event left: after it no other attempt is made. */
  default boolean commits() {
    return false;
  }

  /** Whether nothing follows. */
  default boolean terminal() {
    return false;
  }

  /**
   * First event, exactly once.
   *
   * @param id the provider's id of the answer; null = none
   * @param model the model that really answers; null = not said
   * @param created seconds since 1970 as the provider says; 0 = not said
   */
  record ResponseStarted(@Nullable String id, @Nullable String model, long created)
      implements Event {
    /** A start of which nothing is known. */
    public static final ResponseStarted PLAIN = new ResponseStarted(null, null, 0);
  }

  /**
   * An answer message begins; content follows.
   *
   * @param index position among several answers, from 0
   */
  record MessageStarted(int index) implements Event {
    /** The usual, only one. */
    public static final MessageStarted FIRST = new MessageStarted(0);
  }

  /**
   * Visible text.
   *
   * @param text next piece
   */
  record TextDelta(String text) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * Visible reasoning.
   *
   * @param text next piece
   * @param summary whether it is a summary rather than the reasoning itself
   */
  record ReasoningDelta(String text, boolean summary) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * A finished piece of reasoning with its opaque state. Its visible text has been sent as deltas
   * before.
   *
   * @param reasoning what a later turn must bring back unchanged
   */
  record ReasoningDone(Part.Reasoning reasoning) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * The model begins a tool call.
   *
   * @param id correlation id
   * @param kind how the tool is called
   * @param name tool
   * @param nativeIds further ids of the dialect by name
   * @param signature opaque signature bound to the call; null = none
   */
  record ToolCallStarted(
      String id,
      ToolKind kind,
      String name,
      Map<String, String> nativeIds,
      @Nullable String signature)
      implements Event {
    /** A function call. */
    public static ToolCallStarted of(String id, String name) {
      return new ToolCallStarted(id, ToolKind.FUNCTION, name, Map.of(), null);
    }

    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * Arguments of a call that has begun.
   *
   * @param id correlation id
   * @param text next piece, concatenated exactly
   */
  record ToolArgumentsDelta(String id, String text) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * The call is complete.
   *
   * @param id correlation id
   */
  record ToolCallFinished(String id) implements Event {}

  /**
   * The model declines.
   *
   * @param text next piece
   */
  record RefusalDelta(String text) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * A note on the text so far.
   *
   * @param annotation the note
   */
  record Citation(Annotation annotation) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * Picture, sound or file made by the model.
   *
   * @param media the whole of it
   */
  record MediaOutput(Part.Media media) implements Event {
    @Override
    public boolean commits() {
      return true;
    }
  }

  /**
   * Token probabilities of the text just sent.
   *
   * @param dialect whose form it has
   * @param raw as received
   */
  record Logprobs(Dialect dialect, Json raw) implements Event {}

  /**
   * Token counts so far; replaces earlier ones.
   *
   * @param usage counts
   */
  record UsageReport(Usage usage) implements Event {}

  /**
   * Something worth knowing that ends nothing.
   *
   * @param code stable word
   * @param message for people
   */
  record Warning(String code, String message) implements Event {}

  /**
   * A field or record that the canonical model has no word for, for the same dialect.
   *
   * @param dialect whose it is
   * @param name field name, or record type
   * @param value as received
   */
  record Extension(Dialect dialect, String name, Json value) implements Event {}

  /**
   * The answer is complete. Terminal.
   *
   * @param reason canonical reason
   * @param raw the provider's word; null = none
   * @param detail further detail as received; null = none
   */
  record Finished(FinishReason reason, @Nullable String raw, @Nullable Json detail)
      implements Event {
    /** A reason without the provider's word. */
    public static Finished of(FinishReason reason) {
      return new Finished(reason, null, null);
    }

    @Override
    public boolean terminal() {
      return true;
    }
  }

  /**
   * The answer broke off. Terminal. Made by the executor; a backend throws instead.
   *
   * @param failure what happened
   */
  record Failed(Failure failure) implements Event {
    @Override
    public boolean terminal() {
      return true;
    }
  }

  /** Cases added later implement this one; plugins pass them on. */
  non-sealed interface Other extends Event {
    /** Name of the case. */
    String type();
  }
}
