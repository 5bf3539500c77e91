package lip.test.NAME;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.event.Event;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.feature.AttemptContext;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.FeatureKind;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Puts its version into each cell of the streams whose model name contains a word. */
@Component(service = FeatureKind.class)
public final class StampKind implements FeatureKind<Settings> {
  private final String version;

  @Activate
  public StampKind(BundleContext context) {
    version = context.getBundle().getVersion().toString();
  }

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
  public Feature create(Instance instance, Settings settings) {
    return new Stamp(version, settings.fail_closed(), settings.hold(), settings.only());
  }
}

final class Stamp implements Feature, StreamStage {
  private final String version;
  private final boolean failClosed;
  private final int hold;
  private final String only;
  private volatile boolean closed;

  Stamp(String version, boolean failClosed, int hold, String only) {
    this.version = version;
    this.failClosed = failClosed;
    this.hold = hold;
    this.only = only;
  }

  @Override
  public List<Contribution> contributions() {
    return List.of(
        new Contribution.OnStream(
            StageId.STREAM_EVENT_MUTATION,
            failClosed ? FailurePolicy.FAIL_CLOSED : FailurePolicy.FAIL_OPEN,
            this));
  }

  @Override
  public Handler open(AttemptContext context) {
    needOpen();
    return context.model().contains(only) ? new Stamper() : null;
  }

  private void needOpen() {
    if (closed) {
      throw new IllegalStateException("the feature was closed under a stream");
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Stamper implements Handler {
    private int held;

    @Override
    public void on(Event event, Out out) {
      needOpen();
      if (event instanceof Event.TextDelta(String text)) {
        Event stamped = new Event.TextDelta(text.replace("|", ":s" + version + "|"));
        if (held < hold) {
          held++;
          out.hold(stamped);
        } else {
          release(out);
          out.emit(stamped);
        }
      } else {
        release(out);
        out.emit(event);
      }
    }

    private void release(Out out) {
      if (held > 0) {
        held = 0;
        out.release();
      }
    }
  }
}
