package lip.backend.anthropic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.tool.Tool;

/**
 * Names and ids within the provider's rules, and the way back. What is legal stays; the rest is
 * shortened and marked with a hash, the same in every turn.
 */
final class ToolNames {
  private static final int MOST_NAME = 128;
  private static final int MOST_ID = 64;

  private final Map<String, String> back = new HashMap<>();
  private final Set<String> custom = new HashSet<>();

  private ToolNames() {}

  /** For a body that goes out as it came in. */
  static ToolNames unchanged() {
    return new ToolNames();
  }

  /** For offered tools. */
  static ToolNames of(List<Tool> tools) {
    ToolNames names = new ToolNames();
    names.add(tools);
    return names;
  }

  private void add(List<Tool> tools) {
    for (Tool tool : tools) {
      String wire = name(tool.name());
      if (!wire.equals(tool.name())) {
        back.put(wire, tool.name());
      }
      if (tool instanceof Tool.Custom) {
        custom.add(wire);
      }
      if (tool instanceof Tool.Namespace space) {
        add(space.tools());
      }
    }
  }

  /** The name that the client knows. */
  String original(String wire) {
    return back.getOrDefault(wire, wire);
  }

  /** Whether it is a free-text tool that was offered as a function. */
  boolean isCustom(String wire) {
    return custom.contains(wire);
  }

  /** The name for the provider. */
  static String name(String name) {
    return legal(name, MOST_NAME);
  }

  /** The id for the provider, the same for a call and its result. */
  static String id(String id) {
    return legal(id, MOST_ID);
  }

  private static String legal(String text, int most) {
    if (!text.isEmpty() && text.length() <= most && allowed(text)) {
      return text;
    }
    StringBuilder legal = new StringBuilder(text.length());
    text.chars().forEach(c -> legal.append(allowed(c) ? (char) c : '_'));
    legal.setLength(Math.min(legal.length(), most - 9));
    return legal.append('_').append(hash(text)).toString();
  }

  private static boolean allowed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!allowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
