package lip.frontend.openai.legacy;

import static lip.frontend.openai.legacy.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.message.Part;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thoughts of providers with proofs that this protocol has no place for come back unchanged. */
class ForeignReasoningTest {
  private static final Pattern DETAILS = Pattern.compile("\"reasoning_details\":(\\[.*?])");
  private static final Part.Reasoning FIRST =
      new Part.Reasoning(Dialect.ANTHROPIC, "why \"", List.of(), "sig/1+", null, null, Meta.NONE);
  private static final Part.Reasoning HIDDEN =
      new Part.Reasoning(
          Dialect.ANTHROPIC, "", List.of(), null, Json.of("\"AAAA\""), null, Meta.NONE);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void comesBackWithItsProof(boolean streaming) throws Exception {
    List<Event> events = new ArrayList<>(Events.text("so"));
    events.add(2, new Event.ReasoningDelta("why \"", false));
    events.add(3, new Event.ReasoningDone(FIRST));
    events.add(4, new Event.ReasoningDone(HIDDEN));
    Served x =
        CLIENT.answered(
            "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .formatted(streaming),
            events);
    List<String> elements = new ArrayList<>();
    Matcher found = DETAILS.matcher(x.text());
    while (found.find()) {
      elements.add(found.group(1).substring(1, found.group(1).length() - 1));
    }

    Served next = replay("why \"", "[" + String.join(",", elements) + "]");

    assertThat(reasoning(next)).containsExactly(FIRST, HIDDEN);
    assertThat(next.call().source()).as("the body as it came has our envelopes in it").isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thoughtsBetweenTextsAllStay(boolean streaming) throws Exception {
    List<Event> events = new ArrayList<>(Events.text("so"));
    events.add(2, new Event.ReasoningDone(own("[{\"type\":\"odd\",\"n\":1}]")));
    events.add(3, new Event.TextDelta("well, "));
    events.add(4, new Event.ReasoningDone(own("[{\"type\":\"odd\",\"n\":2}]")));
    events.add(5, new Event.ReasoningDone(HIDDEN));
    Served x =
        CLIENT.answered(
            "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                .formatted(streaming),
            events);
    assertThat(x.text()).contains("\"n\":1", "\"n\":2", "lip1.");
    assertThat(x.reported()).isEmpty();
  }

  @Test
  void othersDetailsStayAsTheyAre() throws Exception {
    String details = "[{\"type\":\"reasoning.encrypted\",\"data\":\"gAAA\",\"index\":0}]";
    Served x = replay("why", details);
    assertThat(reasoning(x)).hasSize(1);
    assertThat(reasoning(x).getFirst().dialect()).isEqualTo(Dialect.OPENAI_CHAT);
    assertThat(reasoning(x).getFirst().opaque()).isEqualTo(Json.of(details));
    assertThat(x.call().source()).isNotNull();
  }

  @Test
  void aDamagedEnvelopeIsWorthNothing() throws Exception {
    Served x = replay("why", "[{\"type\":\"reasoning.encrypted\",\"data\":\"lip1.e30!\"}]");
    assertThat(reasoning(x)).hasSize(1);
    assertThat(reasoning(x).getFirst().opaque()).isNull();
    assertThat(reasoning(x).getFirst().text()).isEqualTo("why");
    assertThat(x.call().source()).isNull();
  }

  private static Part.Reasoning own(String details) {
    return new Part.Reasoning(
        Dialect.OPENAI_CHAT, "", List.of(), null, Json.of(details), null, Meta.NONE);
  }

  private static Served replay(String thought, String details) throws Exception {
    return CLIENT.answered(
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
            + "{\"role\":\"assistant\",\"content\":\"so\",\"reasoning_content\":\""
            + thought.replace("\"", "\\\"")
            + "\",\"reasoning_details\":"
            + details
            + "},{\"role\":\"user\",\"content\":\"y\"}]}",
        Events.text("z"));
  }

  private static List<Part.Reasoning> reasoning(Served x) {
    return x.call().messages().get(1).parts().stream()
        .filter(Part.Reasoning.class::isInstance)
        .map(Part.Reasoning.class::cast)
        .toList();
  }
}
