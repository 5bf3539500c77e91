package lip.testing.system;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text to walk through; what is not there is an empty tree.
 *
 * @param value map, list, string, number or boolean; null = JSON null or absent
 */
public record Tree(@Nullable Object value) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is no JSON
   */
  public static Tree parse(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return new Tree(read(parser));
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON: " + json, e);
    }
  }

  private static @Nullable Object read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case null -> throw new IOException("empty");
      default -> parser.getText();
    };
  }

  /** A member. */
  public Tree at(String name) {
    return new Tree(value instanceof Map<?, ?> map ? map.get(name) : null);
  }

  /** The elements; none when this is no array. */
  public List<Tree> list() {
    return value instanceof List<?> list ? list.stream().map(Tree::of).toList() : List.of();
  }

  private static Tree of(@Nullable Object value) {
    return new Tree(value);
  }

  /** The value as text; empty when absent. */
  public String text() {
    return value == null ? "" : value.toString();
  }

  /** The value as number; 0 when it is none. */
  public long number() {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** Whether there is something. */
  public boolean present() {
    return value != null;
  }
}
