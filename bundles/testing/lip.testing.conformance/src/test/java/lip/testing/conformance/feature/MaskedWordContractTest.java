package lip.testing.conformance.feature;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lip.api.event.Event;
import lip.sdk.feature.Feature;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;

/** The example of docs/guides/write-a-feature.md, held to its contracts. */
class MaskedWordContractTest implements StreamStageContract, FeatureContract {
  private static final Path GUIDE = Path.of("../../../docs/guides/write-a-feature.md");

  @Override
  public Feature feature() {
    return new MaskedWord("secret");
  }

  @Override
  public StageId stage() {
    return StageId.STREAM_EVENT_MUTATION;
  }

  @Override
  public StreamStage handler() {
    return new MaskedWord("secret")::open;
  }

  @Override
  public List<List<Event>> answers() {
    return List.of(
        Events.text("a secret", " here"),
        Events.text("a se", "cr", "et here"),
        Events.text("se", "en"),
        Events.text("all is se"),
        Events.toolCall("call_1", "look", "{}"));
  }

  @Test
  void theWordIsMaskedHoweverItIsCut() {
    assertThatEvents(StageRun.of(stage(), handler(), Events.text("a se", "cr", "et here")))
        .areComplete()
        .haveText("a ****** here");
    assertThatEvents(StageRun.of(stage(), handler(), Events.text("all is se")))
        .haveText("all is se");
  }

  @Test
  void theGuideShowsThisVeryCode() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/lip/testing/conformance/feature/MaskedWord.java"));
    String body = source.substring(source.indexOf("/** Masks a word"));
    assertThat(Files.readString(GUIDE)).contains("```java\n" + body + "```");
  }
}
