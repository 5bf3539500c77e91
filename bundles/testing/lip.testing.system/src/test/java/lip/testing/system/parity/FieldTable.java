package lip.testing.system.parity;

import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A table of fields. Its text has sections:
 *
 * <pre>
 * test CLASS#METHOD                   what captured the rows that follow
 * let NAME = TEXT                     later ${NAME} is TEXT
 * default {"model":"m", …}            members that bodies have unless they say otherwise
 * [Type OtherType Some*Pattern]
 * body {…}                            a body with such an object
 * at /messages/0                      where in it the object is
 * head NAME: VALUE                    a header field of the requests of this section
 * field | value | same | other | note
 * +field | …                          one that the type does not have
 * field | value | same ~ changed | …  what becomes of it when a feature changed the call
 * * | | same | other                  all fields of these types that have no row of their own
 * </pre>
 *
 * The value of {@code *}, and {@code -}, is that of the body, else a word that is nowhere else.
 */
enum FieldTable {
  CHAT_REQUEST("chat-request", ChatCompletionCreateParams.Body.class),
  CHAT_ANSWER("chat-answer", ChatCompletion.class),
  CHAT_CHUNK("chat-chunk", ChatCompletionChunk.class),
  MESSAGES_REQUEST(
      "messages-request",
      MessageCreateParams.Body.class,
      com.anthropic.models.beta.messages.MessageCreateParams.Body.class),
  MESSAGES_ANSWER("messages-answer", Message.class, BetaMessage.class),
  MESSAGES_EVENT("messages-event", RawMessageStreamEvent.class, BetaRawMessageStreamEvent.class);

  private final String file;
  private final Class<?>[] roots;

  FieldTable(String file, Class<?>... roots) {
    this.file = file;
    this.roots = roots;
  }

  /** What the vendor's client knows. */
  SortedMap<String, SortedSet<String>> known() {
    return SdkFields.of(roots);
  }

  /** The rows in the order of the text. */
  List<FieldRow> rows() {
    try (@Nullable InputStream in = FieldTable.class.getResourceAsStream(file + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("no table " + file);
      }
      return rows(new String(in.readAllBytes(), StandardCharsets.UTF_8), known());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fields that the vendor's client has and no row. */
  Set<String> missing() {
    return missing(rows(), known());
  }

  /** Rows for fields that the vendor's client does not have. */
  Set<String> unknown() {
    SortedMap<String, SortedSet<String>> known = known();
    Set<String> unknown = new TreeSet<>();
    for (FieldRow row : rows()) {
      if (!row.older() && !known.getOrDefault(row.type(), new TreeSet<>()).contains(row.field())) {
        unknown.add(row.toString());
      }
    }
    return unknown;
  }

  static Set<String> missing(List<FieldRow> rows, Map<String, SortedSet<String>> known) {
    Set<String> missing = new LinkedHashSet<>();
    known.forEach((type, fields) -> fields.forEach(field -> missing.add(type + "." + field)));
    rows.forEach(row -> missing.remove(row.toString()));
    return missing;
  }

  /** Reads a text. */
  static List<FieldRow> rows(String text, SortedMap<String, SortedSet<String>> known) {
    return new Reading(known).read(text);
  }

  private static final class Reading {
    private final SortedMap<String, SortedSet<String>> known;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<String, FieldRow> rows = new LinkedHashMap<>();
    private List<String> types = List.of();
    private JsonValue.Obj defaults = JsonValue.object();
    private JsonValue body = JsonValue.object();
    private String at = "";
    private Map<String, String> head = Map.of();
    private String test = "";

    private Reading(SortedMap<String, SortedSet<String>> known) {
      this.known = known;
    }

    private List<FieldRow> read(String text) {
      for (String line : text.lines().toList()) {
        try {
          line(line.strip());
        } catch (RuntimeException e) {
          throw new IllegalArgumentException(line + ": " + e.getMessage(), e);
        }
      }
      return List.copyOf(rows.values());
    }

    private void line(String written) {
      String line = written;
      for (int from; (from = line.lastIndexOf("${")) >= 0; ) {
        String name = line.substring(from + 2, line.indexOf('}', from));
        String word = words.get(name);
        if (word == null) {
          throw new IllegalArgumentException("no " + name);
        }
        line = line.replace("${" + name + "}", word);
      }
      if (line.isEmpty() || line.startsWith("#")) {
        return;
      }
      String rest = line.substring(line.indexOf(' ') + 1).strip();
      switch (line.split(" ", 2)[0]) {
        case "test" -> test = rest;
        case "let" -> words.put(rest.split(" = ", 2)[0], rest.split(" = ", 2)[1]);
        case "default" -> defaults = (JsonValue.Obj) Verdict.json(rest);
        case "body" -> body = whole(Verdict.json(rest));
        case "head" -> head = Map.of(rest.split(": ", 2)[0], rest.split(": ", 2)[1]);
        case "at" -> at = rest.equals("root") ? "" : rest;
        default -> {
          if (line.startsWith("[")) {
            types = types(line.substring(1, line.length() - 1));
            head = Map.of();
          } else {
            row(line.split(" *\\| *", -1));
          }
        }
      }
    }

    private JsonValue whole(JsonValue said) {
      if (!(said instanceof JsonValue.Obj object)) {
        return said;
      }
      JsonValue.Obj all = object;
      for (Map.Entry<String, JsonValue> entry : defaults.members().entrySet()) {
        if (!object.members().containsKey(entry.getKey())) {
          all = all.with(entry.getKey(), entry.getValue());
        }
      }
      return all;
    }

    /** The types of names and patterns; a name that is none would be found by its rows. */
    private List<String> types(String names) {
      List<String> found = new ArrayList<>();
      for (String name : names.split(" +")) {
        if (name.contains("*")) {
          String pattern = name.replace(".", "\\.").replace("*", ".*");
          known.keySet().stream().filter(type -> type.matches(pattern)).forEach(found::add);
        } else {
          found.add(name);
        }
      }
      return found;
    }

    private void row(String[] cells) {
      if (cells.length < 4) {
        throw new IllegalArgumentException("four cells are needed");
      }
      for (String type : types) {
        if (cells[0].equals("*")) {
          for (String field : known.getOrDefault(type, new TreeSet<>())) {
            rows.computeIfAbsent(type + "." + field, _ -> row(type, field, cells));
          }
        } else {
          rows.put(type + "." + cells[0], row(type, cells[0], cells));
        }
      }
    }

    private FieldRow row(String type, String name, String[] cells) {
      boolean older = name.startsWith("+");
      String field = older ? name.substring(1) : name;
      String[] same = cells[2].split(" ~ ", 2);
      JsonValue there = Pointers.get(body, at + "/" + field);
      JsonValue value =
          !cells[1].isEmpty() && !cells[1].equals("-")
              ? Verdict.json(cells[1])
              : there != null ? there : JsonValue.of("probe of " + field);
      return new FieldRow(
          type,
          field,
          body,
          at,
          value,
          head,
          older,
          Verdict.of(same[0]),
          Verdict.of(same[same.length - 1]),
          Verdict.of(cells[3]),
          test,
          cells.length > 4 ? cells[4] : "");
    }
  }
}
