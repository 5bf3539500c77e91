package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.core.gateway.Inventory.Problem;
import lip.core.instances.Mandatory.Promise;
import lip.core.snapshot.Family;
import lip.core.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

class MandatoryTest {
  private final Source anthropic = Lives.source(Family.FRONTEND, "anthropic", 1);
  private final Source gemini = Lives.source(Family.FRONTEND, "gemini", 2);
  private final Map<InstanceKey, Live> live = new HashMap<>();
  private boolean published = true;
  private final Map<InstanceKey, Status> statuses = new HashMap<>();
  private List<String> configured = List.of();
  private List<Promise> promises = List.of(new Promise(1, "f.anthropic"), new Promise(2, "f.gem"));
  private Set<Long> quarantined = Set.of();
  private Instant now = Instant.EPOCH;
  private final Mandatory mandatory =
      new Mandatory(() -> configured, () -> promises, this::state, this::edition, () -> now);

  private Registry.State state() {
    return new Registry.State(
        List.of(anthropic, gemini),
        Set.of(),
        quarantined,
        Map.of(),
        Map.copyOf(live),
        Map.copyOf(statuses),
        Map.of());
  }

  private Edition edition() {
    return published
        ? new Edition(Snapshot.EMPTY, List.copyOf(live.values()), Map.of())
        : Edition.EMPTY;
  }

  private void lives(Source source, String id) {
    live.put(new InstanceKey(source.pid(), id), Lives.frontend(source, id));
  }

  private List<String> subjects() {
    return mandatory.lacking().stream().map(Problem::subject).toList();
  }

  @Test
  void withoutASettingEachFrontendOfTheFeatureSetsIsMandatory() {
    assertThat(subjects()).as("no kind has arrived").containsExactly("f.anthropic", "f.gem");
    mandatory.arrived(anthropic);
    mandatory.arrived(gemini);
    mandatory.arrived(Lives.source(Family.FRONTEND, "dropped-in", 9));
    mandatory.arrived(Lives.source(Family.BACKEND, "some-backend", 1));
    assertThat(subjects()).containsExactly("frontend/anthropic", "frontend/gemini");
    lives(anthropic, "anthropic");
    assertThat(mandatory.reasons()).containsExactly("frontend/gemini is mandatory, but not live");
    lives(gemini, "gemini");
    assertThat(subjects()).isEmpty();
    quarantined = Set.of(2L);
    assertThat(subjects()).containsExactly("frontend/gemini");
    quarantined = Set.of();
    live.clear();
    assertThat(subjects()).as("a kind that left is still known").hasSize(2);
    promises = List.of(new Promise(1, "f.anthropic"));
    assertThat(subjects()).as("its bundle was taken out").containsExactly("frontend/anthropic");
  }

  @Test
  void whatNoRequestMeetsYetIsNotLive() {
    promises = List.of(new Promise(1, "f.anthropic"));
    mandatory.arrived(anthropic);
    published = false;
    lives(anthropic, "anthropic");
    assertThat(subjects()).containsExactly("frontend/anthropic");
    published = true;
    assertThat(subjects()).isEmpty();
  }

  @Test
  void aDisabledFrontendIsNotMissedUnlessItIsNamed() {
    mandatory.arrived(anthropic);
    mandatory.arrived(gemini);
    lives(anthropic, "anthropic");
    statuses.put(
        new InstanceKey(gemini.pid(), "gemini"), new Status("disabled", null, Instant.EPOCH));
    assertThat(subjects()).isEmpty();
    configured = List.of("frontend/gemini", "frontend/anthropic", "backend/openai-legacy");
    assertThat(subjects()).containsExactly("backend/openai-legacy", "frontend/gemini");
    configured = List.of("none");
    assertThat(subjects()).isEmpty();
  }

  @Test
  void theTimeIsThatOfTheFirstLook() {
    configured = List.of("frontend/x");
    now = Lives.BORN;
    Instant first = mandatory.lacking().getFirst().since();
    now = Lives.BORN.plusSeconds(60);
    assertThat(mandatory.lacking().getFirst().since()).isEqualTo(first).isEqualTo(Lives.BORN);
  }
}
