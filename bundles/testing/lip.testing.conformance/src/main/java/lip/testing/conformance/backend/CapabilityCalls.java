package lip.testing.conformance.backend;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.capability.Capability;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.api.option.OutputFormat;
import lip.api.option.Thinking;
import lip.api.tool.Tool;
import lip.testing.kit.Calls;

/** A call for each capability: one that needs it, or that wishes for it where that is all. */
final class CapabilityCalls {
  /** What the provider is sent of a call that needs a capability, in every dialect. */
  static final String MARK = "QWxsT2ZJdEFycml2ZWQx";

  /** Dropped in silence where they are missing: a call wishes for them, none needs them. */
  static final Set<Capability> WISHES =
      Set.of(Capability.STREAMING, Capability.PARALLEL_TOOL_CALLS, Capability.REASONING);

  private static final String OBJECT = "{\"type\":\"object\",\"properties\":{}}";

  static final Map<Capability, Call> ALL =
      Map.of(
          Capability.STREAMING,
          Calls.text("hello"),
          Capability.TOOLS,
          tool(Calls.function(MARK, OBJECT), Options.builder().build()),
          Capability.PARALLEL_TOOL_CALLS,
          tool(Calls.function(MARK, OBJECT), Options.builder().parallelToolCalls(false).build()),
          Capability.CUSTOM_TOOLS,
          tool(
              new Tool.Custom(MARK, JsonString.of("takes text"), null, Meta.NONE),
              Options.builder().build()),
          Capability.VISION,
          media(MediaKind.IMAGE, "image/png"),
          Capability.DOCUMENTS,
          media(MediaKind.DOCUMENT, "application/pdf"),
          Capability.AUDIO,
          media(MediaKind.AUDIO, "audio/wav"),
          Capability.VIDEO,
          media(MediaKind.VIDEO, "video/mp4"),
          Capability.STRUCTURED_OUTPUTS,
          with(
              Options.builder()
                  .outputFormat(
                      new OutputFormat.JsonSchema(
                          "answer",
                          null,
                          Json.of(
                              "{\"type\":\"object\",\"properties\":{\""
                                  + MARK
                                  + "\":{\"type\":\"string\"}},\"required\":[\""
                                  + MARK
                                  + "\"],\"additionalProperties\":false}"),
                          true))
                  .build()),
          Capability.REASONING,
          with(Options.builder().thinking(Thinking.effort("high")).build()));

  private CapabilityCalls() {}

  private static Call tool(Tool tool, Options options) {
    return Calls.builder(Message.text(Role.USER, "use it"))
        .tools(List.of(tool))
        .options(options)
        .build();
  }

  private static Call with(Options options) {
    return Calls.builder(Message.text(Role.USER, "answer")).options(options).build();
  }

  private static Call media(MediaKind kind, String type) {
    return Calls.builder(
            Message.of(
                Role.USER,
                List.of(
                    Part.Text.of("what is this?"),
                    Part.Media.of(kind, new MediaSource.Inline(MARK), type))))
        .build();
  }
}
