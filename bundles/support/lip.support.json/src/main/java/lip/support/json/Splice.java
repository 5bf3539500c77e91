package lip.support.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.Json;
import lip.api.call.Source;
import lip.api.call.Source.Field;

/**
 * Changes members of a JSON object and keeps every other byte: spelling, order, white space,
 * unknown fields.
 *
 * <pre>{@code
 * byte[] body = Splice.of(source).set("model", Json.of("\"gpt\"")).remove("store").toBytes();
 * }</pre>
 *
 * <p>A replaced member keeps its place, a new one goes to the end. Of a changed name that stands
 * twice the last place is kept and the others go, so that all readers of the result agree. Not safe
 * for several threads.
 */
public final class Splice {
  private final Json body;
  private final List<Field> members;
  private final int open;
  private final Map<String, Optional<Json>> changes = new LinkedHashMap<>();

  private Splice(Json body, int open, List<Field> members) {
    this.body = body;
    this.open = open;
    this.members = members;
  }

  /**
   * Reads an object.
   *
   * @param body the whole text; it must not change
   * @throws MalformedJson when it is not one JSON object
   */
  public static Splice of(byte[] body) throws MalformedJson {
    JsonReader reader = JsonReader.of(body);
    reader.beginObject();
    int open = (int) reader.tokenStart() + 1;
    List<Field> members = new ArrayList<>();
    for (String name; (name = reader.nextMember()) != null; ) {
      int start = (int) reader.tokenStart();
      reader.peek();
      int value = (int) reader.tokenStart();
      members.add(new Field(name, start, value, reader.memberEnd()));
    }
    reader.finish();
    return new Splice(Json.slice(body, 0, body.length), open, members);
  }

  /**
   * Reads an object that was read before: much faster, since nothing is checked again.
   *
   * @param body the whole text of one valid JSON object; it must not change
   * @throws MalformedJson when a name in it is not valid after all
   */
  public static Splice ofKnown(byte[] body) throws MalformedJson {
    KnownObject.Found found = KnownObject.read(body);
    return new Splice(Json.slice(body, 0, body.length), found.open(), found.members());
  }

  /**
   * The body of a decoded request; its members are looked for only where its decoder did not say
   * where they stand.
   *
   * @throws MalformedJson when it is no JSON object after all
   */
  public static Splice of(Source source) throws MalformedJson {
    return source.fields().isEmpty()
        ? ofKnown(source.body().toBytes())
        : new Splice(source.body(), 0, source.fields());
  }

  /** Replaces the value of a member, or adds the member. */
  public Splice set(String name, Json value) {
    changes.put(name, Optional.of(value));
    return this;
  }

  /** Removes a member if it is there. */
  public Splice remove(String name) {
    changes.put(name, Optional.empty());
    return this;
  }

  /** Whether the object, as read, has a member. */
  public boolean has(String name) {
    return members.stream().anyMatch(member -> member.name().equals(name));
  }

  /** The value of a member as read, a slice; of several the last. */
  public Optional<Json> get(String name) {
    for (Field member : members.reversed()) {
      if (member.name().equals(name)) {
        return Optional.of(body.part(member.value(), member.end()));
      }
    }
    return Optional.empty();
  }

  /** A range of a text that goes into the new one. */
  private record Piece(Json text, int from, int to) {}

  /** The new text. */
  public byte[] toBytes() {
    List<Piece> pieces = pieces();
    int size = 0;
    for (Piece piece : pieces) {
      size += piece.to - piece.from;
    }
    byte[] bytes = new byte[size];
    int at = 0;
    for (Piece piece : pieces) {
      piece.text.copy(piece.from, piece.to, bytes, at);
      at += piece.to - piece.from;
    }
    return bytes;
  }

  private List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    Map<String, Optional<Json>> added = new LinkedHashMap<>(changes);
    boolean first = true;
    keep(pieces, 0, members.isEmpty() ? open : members.getFirst().start());
    for (int i = 0; i < members.size(); i++) {
      Field member = members.get(i);
      Optional<Json> change = changes.get(member.name());
      if (change != null) {
        added.remove(member.name());
        if (change.isEmpty() || repeated(i)) {
          continue;
        }
      }
      if (!first) {
        // What separates this member from the one before it: comma and white space.
        keep(pieces, members.get(i - 1).end(), member.start());
      }
      first = false;
      if (change == null) {
        keep(pieces, member.start(), member.end());
      } else {
        keep(pieces, member.start(), member.value());
        insert(pieces, change.orElseThrow());
      }
    }
    for (Map.Entry<String, Optional<Json>> addition : added.entrySet()) {
      if (addition.getValue().isPresent()) {
        String comma = first ? "" : ",";
        insert(pieces, Json.of(comma + JsonWriter.quote(addition.getKey()) + ":"));
        insert(pieces, addition.getValue().orElseThrow());
        first = false;
      }
    }
    keep(pieces, members.isEmpty() ? open : members.getLast().end(), body.length());
    return pieces;
  }

  private void keep(List<Piece> pieces, int from, int to) {
    pieces.add(new Piece(body, from, to));
  }

  private static void insert(List<Piece> pieces, Json text) {
    pieces.add(new Piece(text, 0, text.length()));
  }

  private boolean repeated(int index) {
    String name = members.get(index).name();
    return members.subList(index + 1, members.size()).stream().anyMatch(m -> m.name().equals(name));
  }
}
