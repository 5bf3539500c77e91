package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import lip.api.Dialect;
import lip.api.message.Message;
import lip.api.message.Part;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning that stood before tool calls, for servers that refuse the calls without it, since most
 * clients do not bring it back. Found by the calls exactly as the model made them, so nothing is
 * put where it does not belong; the oldest is forgotten first.
 */
final class ReasoningMemory {
  private static final int MOST_ANSWERS = 1_000;
  private static final long MOST_CHARACTERS = 4_000_000;

  private final LinkedHashMap<List<String>, String> texts = new LinkedHashMap<>();
  private long characters;

  synchronized void keep(List<Part.ToolCall> calls, String text) {
    List<String> key = key(calls);
    long size = size(key, text);
    if (size > MOST_CHARACTERS / 10) {
      return;
    }
    forget(key);
    texts.put(key, text);
    characters += size;
    while (texts.size() > MOST_ANSWERS || characters > MOST_CHARACTERS) {
      forget(texts.firstEntry().getKey());
    }
  }

  private void forget(List<String> key) {
    String text = texts.remove(key);
    if (text != null) {
      characters -= size(key, text);
    }
  }

  private synchronized @Nullable String find(List<Part.ToolCall> calls) {
    return texts.get(key(calls));
  }

  /** The turns, with what their client left out. */
  List<Message> restored(List<Message> turns) {
    List<Message> all = new ArrayList<>(turns);
    for (int i = 0; i < all.size(); i++) {
      Message turn = all.get(i);
      List<Part.ToolCall> calls = new ArrayList<>();
      boolean reasoned = false;
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          calls.add(call);
        }
        reasoned |= part instanceof Part.Reasoning reasoning && !reasoning.text().isEmpty();
      }
      String text = calls.isEmpty() || reasoned ? null : find(calls);
      if (text != null) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.Reasoning.of(Dialect.OPENAI_CHAT, text));
        turn.parts().stream().filter(part -> !(part instanceof Part.Reasoning)).forEach(parts::add);
        all.set(i, turn.withParts(parts));
      }
    }
    return all;
  }

  private static List<String> key(List<Part.ToolCall> calls) {
    List<String> key = new ArrayList<>();
    for (Part.ToolCall call : calls) {
      key.add(call.id());
      key.add(call.name());
      key.add(call.arguments());
    }
    return List.copyOf(key);
  }

  private static long size(List<String> key, String text) {
    return text.length() + key.stream().mapToLong(String::length).sum();
  }
}
