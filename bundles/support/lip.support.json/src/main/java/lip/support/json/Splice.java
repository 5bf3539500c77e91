package lip.support.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.Json;
import lip.support.json.KnownObject.Member;

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
  private final byte[] body;
  private final List<Member> members;
  private final int open;
  private final Map<String, Optional<Json>> changes = new LinkedHashMap<>();

  private Splice(byte[] body, int open, List<Member> members) {
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
    List<Member> members = new ArrayList<>();
    for (String name; (name = reader.nextMember()) != null; ) {
      int start = (int) reader.tokenStart();
      reader.peek();
      int value = (int) reader.tokenStart();
      reader.skip();
      members.add(new Member(name, start, value, (int) reader.position()));
    }
    reader.finish();
    return new Splice(body, open, members);
  }

  /**
   * Reads an object that was read before, as the body of a decoded request: much faster, since
   * nothing is checked again.
   *
   * @param body the whole text of one valid JSON object; it must not change
   * @throws MalformedJson when a name in it is not valid after all
   */
  public static Splice ofKnown(byte[] body) throws MalformedJson {
    KnownObject.Found found = KnownObject.read(body);
    return new Splice(body, found.open(), found.members());
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
    for (Member member : members.reversed()) {
      if (member.name().equals(name)) {
        return Optional.of(Json.slice(body, member.value(), member.end() - member.value()));
      }
    }
    return Optional.empty();
  }

  /** The new text; the old array itself when nothing was changed. */
  public byte[] toBytes() {
    if (changes.isEmpty()) {
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 256);
    Map<String, Optional<Json>> added = new LinkedHashMap<>(changes);
    boolean first = true;
    out.write(body, 0, members.isEmpty() ? open : members.getFirst().start());
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Optional<Json> change = changes.get(member.name());
      if (change != null) {
        added.remove(member.name());
        if (change.isEmpty() || repeated(i)) {
          continue;
        }
      }
      if (!first) {
        // What separates this member from the one before it: comma and white space.
        int before = members.get(i - 1).end();
        out.write(body, before, member.start() - before);
      }
      first = false;
      if (change == null) {
        out.write(body, member.start(), member.end() - member.start());
      } else {
        out.write(body, member.start(), member.value() - member.start());
        out.writeBytes(change.orElseThrow().toBytes());
      }
    }
    for (Map.Entry<String, Optional<Json>> addition : added.entrySet()) {
      if (addition.getValue().isPresent()) {
        out.writeBytes(member(first, addition.getKey()));
        out.writeBytes(addition.getValue().orElseThrow().toBytes());
        first = false;
      }
    }
    int tail = members.isEmpty() ? open : members.getLast().end();
    out.write(body, tail, body.length - tail);
    return out.toByteArray();
  }

  private boolean repeated(int index) {
    String name = members.get(index).name();
    return members.subList(index + 1, members.size()).stream().anyMatch(m -> m.name().equals(name));
  }

  private static byte[] member(boolean first, String name) {
    String text = (first ? "" : ",") + JsonWriter.quote(name) + ":";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
