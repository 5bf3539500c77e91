package lip.backend.anthropic;

import java.util.List;
import lip.api.CacheMarker;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.tool.Tool;
import lip.sdk.fidelity.Fidelity;
import org.jspecify.annotations.Nullable;

/**
 * Counts cache markers: four are allowed. Where there are more, the first ones of the dialogue go:
 * tools and system are the longest-lived, the last turns the next to be asked for.
 */
final class Markers {
  private static final int MOST = 4;

  private int toSkip;
  private boolean inMessages;

  private Markers(int toSkip) {
    this.toSkip = toSkip;
  }

  static Markers of(Call call, History history, Fidelity fidelity) {
    int count = 0;
    for (Tool tool : call.tools()) {
      count += tool.meta().cache() == null ? 0 : 1;
    }
    for (Message message : history.instructions()) {
      count += count(message.parts());
    }
    for (Message message : history.turns()) {
      count += count(message.parts());
    }
    int over = Math.max(0, count - MOST);
    if (over > 0) {
      for (int i = 0; i < over; i++) {
        fidelity.lost("cache_control", "only " + MOST + " markers are allowed");
      }
    }
    return new Markers(over);
  }

  /** From now on the dialogue is written. */
  void dialogue() {
    inMessages = true;
  }

  /** The marker to write; null = none. */
  @Nullable CacheMarker marker(Meta meta) {
    if (meta.cache() != null && inMessages && toSkip > 0) {
      toSkip--;
      return null;
    }
    return meta.cache();
  }

  private static int count(List<Part> parts) {
    int count = 0;
    for (Part part : parts) {
      count += part.meta().cache() == null ? 0 : 1;
      if (part instanceof Part.ToolResult result) {
        count += count(result.content());
      }
    }
    return count;
  }
}
