package lip.frontend.anthropic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.support.envelope.ReasoningEnvelope;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** A block on its way: what of it has not been written yet. */
abstract sealed class Draft {
  private static final Dialect NOBODY = new Dialect("none");

  /** What a small object weighs beside its text. */
  private static final int OBJECT = 64;

  // Mostly one piece, which needs no copy.
  private String pending = "";
  private @Nullable StringBuilder more;
  private boolean begun;
  private boolean finished;
  private long weight = OBJECT;

  private Draft() {}

  /** About how many bytes wait to be written. */
  final long weight() {
    return weight;
  }

  /** Takes more text; returns what it weighs, as everything that takes more. */
  final long add(String text) {
    long grown = weigh(text.length());
    if (pending.isEmpty()) {
      pending = text;
      return grown;
    }
    if (more == null) {
      more = new StringBuilder(pending);
    }
    more.append(text);
    return grown;
  }

  final void finish() {
    finished = true;
  }

  final boolean finished() {
    return finished;
  }

  /** Writes what there is; called for the block whose turn it is. */
  final void write(Sink sink, int index) {
    if (!begun) {
      begun = true;
      begin(sink, index);
    }
    if (!pending.isEmpty() && (finished || !whole())) {
      rest(sink, index, more == null ? pending : more.toString());
      weight -= more == null ? pending.length() : more.length();
      pending = "";
      more = null;
    }
    notes(sink, index);
    if (finished) {
      end(sink, index);
    }
  }

  final long weigh(long bytes) {
    weight += bytes;
    return bytes;
  }

  abstract void begin(Sink sink, int index);

  abstract void rest(Sink sink, int index, String text);

  /** Whether the block can only be written at its end. */
  boolean whole() {
    return false;
  }

  void notes(Sink sink, int index) {}

  void end(Sink sink, int index) {}

  /** Text with its notes. */
  static final class Text extends Draft {
    private final List<Annotation> notes = new ArrayList<>();
    private long noted;

    long note(Annotation annotation) {
      notes.add(annotation);
      int bytes = annotation.raw().length() + OBJECT;
      noted += bytes;
      return weigh(bytes);
    }

    @Override
    void begin(Sink sink, int index) {
      sink.beginText(index);
    }

    @Override
    void rest(Sink sink, int index, String text) {
      sink.text(index, text);
    }

    @Override
    void notes(Sink sink, int index) {
      notes.forEach(note -> sink.citation(index, note));
      notes.clear();
      weigh(-noted);
      noted = 0;
    }
  }

  /**
   * Reasoning; without a proof it gets an envelope of ours, so that it is known when it is back.
   */
  static final class Thought extends Draft {
    private @Nullable String signature;

    long sign(String proof) {
      int before = signature == null ? 0 : signature.length();
      signature = proof;
      return weigh((long) proof.length() - before);
    }

    @Override
    void begin(Sink sink, int index) {
      sink.beginThinking(index);
    }

    @Override
    void rest(Sink sink, int index, String text) {
      sink.thinking(index, text);
    }

    @Override
    void end(Sink sink, int index) {
      String proof = signature;
      if (proof == null) {
        proof = ReasoningEnvelope.pack(Part.Reasoning.of(NOBODY, ""));
      }
      if (!proof.isEmpty()) {
        sink.signature(index, proof);
      }
    }
  }

  /** A block or hidden reasoning as received. */
  static final class Raw extends Draft {
    private final @Nullable Json block;
    private final @Nullable Json redacted;

    Raw(@Nullable Json block, @Nullable Json redacted) {
      this.block = block;
      this.redacted = redacted;
      weigh(block == null ? 0 : block.length());
      weigh(redacted == null ? 0 : redacted.length());
      finish();
    }

    @Override
    void begin(Sink sink, int index) {
      if (redacted != null) {
        sink.redacted(index, redacted);
      } else if (block != null) {
        sink.block(index, block);
      }
    }

    @Override
    void rest(Sink sink, int index, String text) {}
  }

  /** A tool call. */
  static final class Call extends Draft {
    private final String id;
    private final String name;
    private final Map<String, Json> more;
    private final boolean freeText;
    private boolean said;

    Call(String id, String name, Map<String, Json> more, boolean freeText) {
      this.id = id;
      this.name = name;
      this.more = more;
      this.freeText = freeText;
    }

    @Override
    void begin(Sink sink, int index) {
      sink.beginCall(index, id, name, more);
    }

    @Override
    boolean whole() {
      return freeText;
    }

    @Override
    void rest(Sink sink, int index, String text) {
      said = true;
      sink.input(index, freeText ? wrapped(text) : text);
    }

    /** The vendor's own Java client fails at a call without any input. */
    @Override
    void end(Sink sink, int index) {
      if (!said) {
        sink.input(index, freeText ? wrapped("") : "{}");
      }
    }

    private static String wrapped(String text) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new JsonWriter(bytes).beginObject().name("input").value(text).endObject().flush();
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
