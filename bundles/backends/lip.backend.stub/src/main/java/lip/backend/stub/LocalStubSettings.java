package lip.backend.stub;

import java.time.Duration;
import java.util.Optional;
import lip.sdk.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code lip.backend.stub}; each is a default that a model name may override. */
@ObjectClassDefinition(
    factoryPid = "lip.backend.stub",
    name = "Local stub",
    description = "Answers without a network, deterministically.")
public interface LocalStubSettings {
  /** What the model says. */
  @AttributeDefinition(
      name = "text",
      description = "What the model says.",
      defaultValue = "[local-stub] deterministic assistant text")
  String text();

  /** Visible reasoning before the text. */
  @AttributeDefinition(
      name = "reasoning",
      description = "Visible reasoning before the text; empty = none.",
      required = false)
  Optional<String> reasoning();

  /** Tool that is called. */
  @AttributeDefinition(
      name = "tool.name",
      description =
          "Tool that is called instead of answering with text; empty = none, or for stub-tools the"
              + " first tool that the call offers.",
      required = false)
  Optional<String> tool_name();

  /** Arguments of that call. */
  @AttributeDefinition(
      name = "tool.args",
      description =
          "Arguments of that call, sent as they are: they may be broken JSON. At most 64 KiB.",
      defaultValue = "{}")
  String tool_args();

  /** Reported prompt tokens. */
  @AttributeDefinition(
      name = "input.tokens",
      description = "Reported prompt tokens; not set = the words of the last user text.",
      required = false)
  @Range(min = "0")
  Optional<Long> input_tokens();

  /** Reported output tokens. */
  @AttributeDefinition(
      name = "output.tokens",
      description = "Reported output tokens; not set = the number of text deltas.",
      required = false)
  @Range(min = "0")
  Optional<Long> output_tokens();

  /** Finish reason. */
  @AttributeDefinition(
      name = "finish.reason",
      description =
          "Canonical finish reason, such as stop, length or content_filter; not set = stop, or"
              + " tool_calls.",
      required = false)
  Optional<String> finish_reason();

  /** Size of a text delta. */
  @AttributeDefinition(
      name = "chunk.size",
      description = "Characters of one text delta; 0 = one word.",
      defaultValue = "0")
  @Range(min = "0", max = "65536")
  int chunk_size();

  /** Silence before the first delta. */
  @AttributeDefinition(
      name = "first.delay",
      description = "Silence before the first delta.",
      defaultValue = "0s")
  @Range(min = "0s", max = "1h")
  Duration first_delay();

  /** Silence between deltas. */
  @AttributeDefinition(
      name = "delay",
      description = "Silence between two deltas.",
      defaultValue = "0s")
  @Range(min = "0s", max = "1h")
  Duration delay();

  /** Error before any output. */
  @AttributeDefinition(
      name = "error.status",
      description = "Status of an error before any output, 400 to 599; 0 = none.",
      defaultValue = "0")
  @Range(min = "0", max = "599")
  int error_status();

  /** Wait that this error names. */
  @AttributeDefinition(
      name = "error.retry.after",
      description = "Wait that this error names; 0s = none.",
      defaultValue = "0s")
  @Range(min = "0s", max = "24h")
  Duration error_retry_after();

  /** Error inside the answer. */
  @AttributeDefinition(
      name = "stream.error.after.text.delta",
      description = "The answer fails after this many text deltas; 0 = never.",
      defaultValue = "0")
  @Range(min = "0", max = "1000000")
  int stream_error_after_text_delta();

  /** End without an end. */
  @AttributeDefinition(
      name = "truncate.after.text.delta",
      description =
          "The answer ends without its final event after this many text deltas; 0 = never.",
      defaultValue = "0")
  @Range(min = "0", max = "1000000")
  int truncate_after_text_delta();

  /** Silence for ever. */
  @AttributeDefinition(
      name = "stall.after.text.delta",
      description =
          "The answer falls silent after this many text deltas until somebody closes it; 0 ="
              + " never.",
      defaultValue = "0")
  @Range(min = "0", max = "1000000")
  int stall_after_text_delta();
}
