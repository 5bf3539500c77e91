package lip.frontend.anthropic;

import java.util.Map;
import lip.api.Json;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer in the order of this protocol: the head, blocks one after the other with dense
 * indices, the end.
 */
sealed interface Sink permits RecordSink, WholeSink {
  /** The answer begins. */
  void begin(MessageHead head, @Nullable Usage usage);

  /** A text block begins. */
  void beginText(int index);

  /** A thinking block begins. */
  void beginThinking(int index);

  /** A whole hidden piece of reasoning. */
  void redacted(int index, Json data);

  /**
   * A tool call begins.
   *
   * @param more further members of its block
   */
  void beginCall(int index, String id, String name, Map<String, Json> more);

  /** A whole block as the provider sent it. */
  void block(int index, Json raw);

  /** More text of the open block. */
  void text(int index, String text);

  /** More reasoning of the open block. */
  void thinking(int index, String text);

  /** The proof over the reasoning of the open block, once, last. */
  void signature(int index, String signature);

  /** More arguments of the open block. */
  void input(int index, String json);

  /** A note on the text of the open block. */
  void citation(int index, Annotation annotation);

  /** The open block ends. */
  void end(int index);

  /** The answer ends. */
  void finish(MessageEnd end, @Nullable Usage usage);
}
