package lip.support.cfg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A configuration file: entries {@code key = value}, comments at line start ({@code #}, {@code !}),
 * {@code \} at line end continues. Immutable. Writings that other readers of such files mangle in
 * silence are refused with what to write instead.
 */
public final class CfgFile {
  /** No text. */
  public static final CfgFile EMPTY = new CfgFile(List.of());

  /** Most bytes of a file. */
  public static final int MAX_FILE = 2 << 20;

  /** Most bytes of a value. */
  public static final int MAX_VALUE = 64 << 10;

  /**
   * Some physical lines that belong together: an entry, or a comment or blank line, then key and
   * value are empty.
   */
  private record Item(String raw, String key, String value) {}

  private final List<Item> items;

  private CfgFile(List<Item> items) {
    this.items = List.copyOf(items);
  }

  /** Reads a file. */
  public static CfgFile read(Path file) throws IOException, CfgProblem {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE + 1);
    }
    if (bytes.length > MAX_FILE) {
      throw new CfgProblem(0, null, "the file is larger than 2 MiB");
    }
    try {
      return parse(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException _) {
      throw new CfgProblem(0, null, "the file is not UTF-8 text");
    }
  }

  /** Reads a text. */
  public static CfgFile parse(String text) throws CfgProblem {
    List<String> lines = lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
    List<Item> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); ) {
      int first = i;
      String body = body(lines.get(i++));
      if (body.isBlank() || isComment(body)) {
        items.add(new Item(lines.get(first), "", ""));
        continue;
      }
      StringBuilder logical = new StringBuilder(body.strip());
      while (continues(logical)) {
        logical.setLength(logical.length() - 1);
        if (i == lines.size()) {
          break;
        }
        logical.append(body(lines.get(i++)).strip());
      }
      Item item = entry(String.join("", lines.subList(first, i)), logical.toString(), first + 1);
      if (!seen.add(item.key())) {
        throw new CfgProblem(first + 1, item.key(), "stands twice; keep one of the lines");
      }
      items.add(item);
    }
    return new CfgFile(items);
  }

  /**
   * Values as written, surrounding blanks cut, continued lines joined, in the order of the file.
   */
  public SequencedMap<String, String> values() {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (Item item : items) {
      if (!item.key().isEmpty()) {
        values.put(item.key(), item.value());
      }
    }
    return Collections.unmodifiableSequencedMap(values);
  }

  /**
   * The same file with other values: lines of unchanged values and comments stay as they are, lines
   * of absent keys go, new keys follow at the end.
   *
   * @throws CfgProblem for a value that has no text form here
   */
  public CfgFile with(Map<String, String> values) throws CfgProblem {
    List<Item> next = new ArrayList<>();
    Map<String, String> left = new LinkedHashMap<>(values);
    for (Item item : items) {
      if (item.key().isEmpty()) {
        next.add(item);
        continue;
      }
      String value = left.remove(item.key());
      if (value == null) {
        continue;
      }
      next.add(
          value.strip().equals(item.value())
              ? item
              : written(head(item), item.key(), value.strip(), end(item.raw())));
    }
    String end = items.isEmpty() ? "\n" : end(items.getFirst().raw());
    if (!left.isEmpty() && !next.isEmpty() && end(next.getLast().raw()).isEmpty()) {
      Item last = next.removeLast();
      next.add(new Item(last.raw() + end, last.key(), last.value()));
    }
    for (Map.Entry<String, String> entry : left.entrySet()) {
      next.add(
          written(
              entry.getKey() + " = ",
              entry.getKey(),
              entry.getValue().strip(),
              end.isEmpty() ? "\n" : end));
    }
    return new CfgFile(next);
  }

  /** The text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    items.forEach(item -> text.append(item.raw()));
    return text.toString();
  }

  private static Item written(String head, String key, String value, String end) throws CfgProblem {
    Item item = new Item(head + value + end, key, value);
    if (!entry(item.raw(), (head + value).strip(), 0).equals(item)) {
      throw new CfgProblem(0, key, "cannot be written as a line of text");
    }
    return item;
  }

  /** What stands before the value, so that the writer's own spacing stays. */
  private static String head(Item item) {
    int equals = item.raw().indexOf('=');
    int at = equals + 1;
    while (at < item.raw().length()
        && (item.raw().charAt(at) == ' ' || item.raw().charAt(at) == '\t')) {
      at++;
    }
    return item.raw().substring(0, at);
  }

  private static Item entry(String raw, String logical, int line) throws CfgProblem {
    int equals = logical.indexOf('=');
    if (equals < 0) {
      throw new CfgProblem(line, null, "not a setting; write key = value, or # before a comment");
    }
    String key = logical.substring(0, equals).strip();
    if (!isKey(key)) {
      throw new CfgProblem(line, null, "no key before '='; a key is letters, digits, . _ -");
    }
    String value = logical.substring(equals + 1).strip();
    ValueRules.check(line, key, value);
    return new Item(raw, key, value);
  }

  private static boolean isKey(String key) {
    return !key.isEmpty()
        && key.length() <= 200
        && key.chars()
            .allMatch(
                c -> (c < 128 && Character.isLetterOrDigit(c)) || c == '.' || c == '_' || c == '-');
  }

  private static boolean isComment(String body) {
    // Only at the start of the line, as everywhere else with such files after leading blanks.
    String stripped = body.stripLeading();
    return stripped.startsWith("#") || stripped.startsWith("!");
  }

  private static boolean continues(CharSequence logical) {
    return !logical.isEmpty() && logical.charAt(logical.length() - 1) == '\\';
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
      lines.add(text.substring(from, end + 1));
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static String end(String raw) {
    return raw.endsWith("\r\n") ? "\r\n" : raw.endsWith("\n") ? "\n" : "";
  }

  private static String body(String line) {
    return line.substring(0, line.length() - end(line).length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CfgFile that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  /** Keys only: values may be anything. */
  @Override
  public String toString() {
    return "CfgFile" + values().keySet();
  }
}
