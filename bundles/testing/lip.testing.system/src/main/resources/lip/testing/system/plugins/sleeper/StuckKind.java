package lip.test.NAME;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Says one word and then never returns, whatever is closed or interrupted. */
@Component(service = BackendKind.class)
public final class StuckKind implements BackendKind<Settings> {
  private static final boolean BURNS = Boolean.parseBoolean("IS_BURNING");

  @Activate
  public StuckKind() {}

  @Override
  public String id() {
    return "NAME";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public String defaultModel() {
    return "stuck";
  }

  @Override
  public Backend create(Instance instance, Settings settings) {
    return new Backend() {
      @Override
      public EventStream open(Attempt attempt) {
        return new Stuck();
      }

      @Override
      public Capabilities capabilities(String model) {
        return Capabilities.of(Capability.STREAMING);
      }
    };
  }

  private static final class Stuck implements EventStream {
    private static volatile long turns;
    private int step;

    @Override
    public Event next() {
      return switch (step++) {
        case 0 -> Event.ResponseStarted.PLAIN;
        case 1 -> Event.MessageStarted.FIRST;
        case 2 -> new Event.TextDelta("word1 ");
        default -> never();
      };
    }

    private static Event never() {
      CountDownLatch nothing = new CountDownLatch(1);
      for (; ; ) {
        if (BURNS) {
          turns++;
          continue;
        }
        try {
          if (nothing.await(50, TimeUnit.MILLISECONDS)) {
            return null;
          }
        } catch (InterruptedException e) {
          // This is what the row is about.
        }
      }
    }

    @Override
    public void close() {}
  }
}
