package lip.frontend.anthropic;

import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Meta;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import org.jspecify.annotations.Nullable;

/** Reads {@code messages}. */
final class MessageDecoder {
  private final JsonReader reader;

  MessageDecoder(JsonReader reader) {
    this.reader = reader;
  }

  List<Message> messages() throws MalformedJson {
    List<Message> messages = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      int index = messages.size();
      try {
        messages.add(message(index));
      } catch (InvalidCall e) {
        throw BlockDecoder.at(path(index), e);
      }
    }
    return messages;
  }

  private static String path(int index) {
    return "messages[" + index + "]";
  }

  private Message message(int index) throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      throw reader.failure("an object is needed");
    }
    Role role = null;
    List<Part> content = null;
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String name; (name = members.next()) != null; ) {
      switch (name) {
        case "role" -> role = role();
        case "content" -> content = content();
        default -> members.keep(name);
      }
    }
    if (role == null) {
      throw new MalformedJson(path(index) + ".role", "is needed", 0);
    }
    if (content == null) {
      throw new MalformedJson(path(index) + ".content", "is needed", 0);
    }
    return new Message(role, content, null, Meta.of(members.extensions()));
  }

  private Role role() throws MalformedJson {
    String word = reader.string();
    Role role =
        switch (word) {
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          case "system" -> Role.SYSTEM;
          default -> null;
        };
    if (role == null) {
      throw reader.failure("unknown role; supported are user, assistant, system");
    }
    return role;
  }

  private @Nullable List<Part> content() throws MalformedJson {
    return switch (reader.peek()) {
      case STRING -> List.of(Part.Text.of(reader.text()));
      case ARRAY -> BlockDecoder.blocks(reader, false);
      case OBJECT, NUMBER, BOOLEAN, NULL ->
          throw reader.failure("a string or an array of blocks is needed");
    };
  }
}
