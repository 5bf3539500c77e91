package lip.backend.openai.legacy;

import java.util.List;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.backend.openai.legacy.profile.Profile;

/** Looks for what a server would refuse in a body of its own dialect. */
final class Refused {
  private Refused() {}

  /** Whether the body can go out as it came in, its turns apart. */
  static boolean nothingIn(Call call, Profile profile) {
    boolean strict =
        !profile.strictTools()
            && call.tools().stream()
                .anyMatch(tool -> tool instanceof Tool.Function f && f.strict() != null);
    boolean named =
        !profile.namedTools()
            && (call.toolChoice() instanceof ToolChoice.Named
                || call.toolChoice() instanceof ToolChoice.Allowed);
    return !strict && !named && call.messages().stream().allMatch(turn -> taken(turn, profile));
  }

  private static boolean taken(Message turn, Profile profile) {
    List<Part> parts = turn.parts();
    for (Part part : parts) {
      boolean taken =
          switch (part) {
            case Part.Media media ->
                profile.imageUrls()
                    || !media.kind().equals(MediaKind.IMAGE)
                    || !(media.source() instanceof MediaSource.Url);
            case Part.Reasoning reasoning -> reasoning(reasoning, profile);
            case Part.ToolResult result -> !profile.textContent() || result.content().size() < 2;
            default -> true;
          };
      if (!taken) {
        return false;
      }
    }
    if (profile.textContent() && parts.stream().filter(Part.Text.class::isInstance).count() > 1) {
      return false;
    }
    return profile.nullContent()
        || !turn.role().equals(Role.ASSISTANT)
        || parts.stream().anyMatch(Part.Text.class::isInstance);
  }

  /** A client that got it from us has it twice: each server reads one of the two. */
  private static boolean reasoning(Part.Reasoning reasoning, Profile profile) {
    if (reasoning.opaque() != null && !profile.reasoningDetails()) {
      return false;
    }
    var names = reasoning.meta().extensions().of(Dialect.OPENAI_CHAT).keySet();
    String wanted = profile.reasoning();
    return profile.reasoningAsSent()
        || names.isEmpty()
        || (wanted != null && names.size() == 1 && names.contains(wanted));
  }
}
