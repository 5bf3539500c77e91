package lip.frontend.openai.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.api.event.Collected;
import lip.api.event.Collector;
import lip.api.event.Event;

/** The turn of the assistant as a client of the frontend keeps it. */
public final class OpenAiLegacyAnswers {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OpenAiLegacyAnswers() {}

  /** From chunks: texts are joined, lists grow. */
  public static String streamed(List<Event> events) throws Exception {
    ChunkEncoder encoder = new ChunkEncoder(new AnswerHead("id", "m", 0), false);
    events.forEach(encoder::accept);
    String text = new String(encoder.out().toBytes(), StandardCharsets.UTF_8);
    ObjectNode turn = MAPPER.createObjectNode();
    for (String record : text.split("\n\n", -1)) {
      if (!record.startsWith("data: {")) {
        continue;
      }
      JsonNode delta = MAPPER.readTree(record.substring(6)).at("/choices/0/delta");
      for (var member : delta.properties()) {
        add(turn, member.getKey(), member.getValue());
      }
    }
    return turn.toString();
  }

  private static void add(ObjectNode turn, String name, JsonNode value) {
    if (name.equals("role")) {
      turn.set(name, value);
    } else if (value.isTextual()) {
      String before = turn.hasNonNull(name) ? turn.get(name).asText() : "";
      turn.put(name, before + value.asText());
    } else if (name.equals("tool_calls")) {
      ArrayNode calls = turn.has(name) ? (ArrayNode) turn.get(name) : turn.putArray(name);
      JsonNode piece = value.get(0);
      if (calls.size() <= piece.get("index").asInt()) {
        calls.add(piece);
      } else {
        ObjectNode function = (ObjectNode) calls.get(piece.get("index").asInt()).get("function");
        function.put(
            "arguments",
            function.get("arguments").asText() + piece.at("/function/arguments").asText());
      }
    } else if (value.isArray()) {
      ArrayNode list = turn.has(name) ? (ArrayNode) turn.get(name) : turn.putArray(name);
      value.forEach(list::add);
    }
  }

  /** From a whole answer. */
  public static String whole(List<Event> events) throws Exception {
    Collector collector = new Collector();
    for (Event event : events) {
      collector.accept(event);
    }
    Collected answer = collector.result();
    byte[] body = AnswerEncoder.encode(new AnswerHead("id", "m", 0), answer);
    return MAPPER.readTree(body).at("/choices/0/message").toString();
  }
}
