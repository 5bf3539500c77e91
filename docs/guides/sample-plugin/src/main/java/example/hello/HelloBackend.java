package example.hello;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;

/** One instance: turns a call into the events of an answer. */
final class HelloBackend implements Backend {
  private final String id;
  private final String greeting;
  private final Duration pause;

  HelloBackend(String id, String greeting, Duration pause) {
    this.id = id;
    this.greeting = greeting;
    this.pause = pause;
  }

  @Override
  public EventStream open(Attempt attempt) {
    String answer = greeting + ", you said: " + lastUserText(attempt.call());
    List<Event> events = new ArrayList<>();
    events.add(new Event.ResponseStarted(null, attempt.model(), 0));
    events.add(Event.MessageStarted.FIRST);
    for (String word : answer.split("(?<= )")) {
      events.add(new Event.TextDelta(word));
    }
    events.add(new Event.UsageReport(Usage.of(1, events.size() - 2)));
    events.add(Event.Finished.of(FinishReason.STOP));
    return new PacedStream(events, pause);
  }

  @Override
  public Capabilities capabilities(String model) {
    return Capabilities.of(Capability.STREAMING);
  }

  @Override
  public List<ModelInfo> models() {
    return List.of(new ModelInfo("greeting", "Greeting", 0, id));
  }

  private static String lastUserText(Call call) {
    for (Message message : call.messages().reversed()) {
      if (message.role().equals(Role.USER)) {
        for (Part part : message.parts()) {
          if (part instanceof Part.Text text) {
            return text.text();
          }
        }
      }
    }
    return "";
  }
}
