package lip.frontend.anthropic;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads what we send with the vendor's own types, strictly, and its own helper. */
final class Sdk {
  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

  private Sdk() {}

  static List<RawMessageStreamEvent> events(String stream) throws Exception {
    List<RawMessageStreamEvent> events = new ArrayList<>();
    for (String record : stream.split("\n\n", -1)) {
      if (record.isEmpty()) {
        continue;
      }
      String[] lines = record.split("\n", -1);
      String data = lines[1].substring("data: ".length());
      if (lines[0].equals("event: error")) {
        break;
      }
      RawMessageStreamEvent event = MAPPER.readValue(data, RawMessageStreamEvent.class);
      events.add(event.validate());
    }
    return events;
  }

  static Message message(String stream) throws Exception {
    MessageAccumulator accumulator = MessageAccumulator.create();
    events(stream).forEach(accumulator::accumulate);
    return accumulator.message().validate();
  }

  static Message whole(String body) throws Exception {
    return MAPPER.readValue(body, Message.class).validate();
  }
}
