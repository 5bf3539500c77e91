package lip.api.capability;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lip.api.call.Call;
import lip.api.message.MediaKind;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.option.OutputFormat;
import lip.api.tool.Tool;

/** What a call cannot do without. */
public final class Needs {
  private Needs() {}

  /**
   * The hard needs of a call: a candidate that misses one is not tried. Soft wishes are not among
   * them.
   */
  public static Capabilities of(Call call) {
    Set<Capability> needs = new LinkedHashSet<>();
    for (Tool tool : call.tools()) {
      needs.add(tool instanceof Tool.Custom ? Capability.CUSTOM_TOOLS : Capability.TOOLS);
    }
    for (Message message : call.messages()) {
      ofParts(message.parts(), needs);
    }
    if (call.options().outputFormat() instanceof OutputFormat.JsonSchema) {
      needs.add(Capability.STRUCTURED_OUTPUTS);
    }
    if (call.options().modalities().contains("audio")) {
      needs.add(Capability.AUDIO);
    }
    return Capabilities.of(needs);
  }

  private static void ofParts(List<Part> parts, Set<Capability> needs) {
    for (Part part : parts) {
      switch (part) {
        case Part.Media media -> needs.add(of(media.kind()));
        case Part.ToolResult result -> {
          needs.add(Capability.TOOLS);
          ofParts(result.content(), needs);
        }
        case Part.ToolCall _ -> needs.add(Capability.TOOLS);
        case Part.Text _, Part.Reasoning _, Part.Refusal _, Part.Opaque _, Part.Other _ -> {}
      }
    }
  }

  private static Capability of(MediaKind kind) {
    if (kind.equals(MediaKind.IMAGE)) {
      return Capability.VISION;
    }
    if (kind.equals(MediaKind.AUDIO)) {
      return Capability.AUDIO;
    }
    return kind.equals(MediaKind.VIDEO) ? Capability.VIDEO : Capability.DOCUMENTS;
  }
}
