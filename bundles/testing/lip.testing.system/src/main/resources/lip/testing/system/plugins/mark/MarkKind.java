package lip.test.NAME;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to a model {@code 70x100} with 70 cells, one every 100 ms. */
@Component(service = BackendKind.class)
public final class MarkKind implements BackendKind<Settings> {
  private final String version;

  @Activate
  public MarkKind(BundleContext context) {
    version = context.getBundle().getVersion().toString();
    if (Marker.LOADED == null) {
      throw new IllegalStateException();
    }
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
  public String defaultModel() {
    return "3x0";
  }

  @Override
  public Backend create(Instance instance, Settings settings) throws InvalidSettings {
    if (BROKEN || !settings.creates()) {
      throw new InvalidSettings("creates", "this version cannot be made");
    }
    return new MarkBackend(version + "/" + settings.label());
  }

  private static final boolean BROKEN = Boolean.parseBoolean("IS_BROKEN");
}

/** One instance lives as long as the class loader does. */
final class Marker {
  static final Marker LOADED = new Marker();
}

final class MarkBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(MarkBackend.class);
  private static final JsonFactory JSON = new JsonFactory();
  private final String mark;
  private volatile boolean closed;

  MarkBackend(String mark) {
    this.mark = mark;
  }

  @Override
  public EventStream open(Attempt attempt) {
    needOpen();
    String[] shape = attempt.model().split("[^0-9]");
    int count = number("{\"n\": " + shape[0] + "}");
    LOG.info("cells begin: count={} mark={}", count, mark);
    return new Cells(this, mark, count, Integer.parseInt(shape[1]));
  }

  private static int number(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      parser.nextToken();
      parser.nextToken();
      return parser.getIntValue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public Capabilities capabilities(String model) {
    return Capabilities.of(Capability.STREAMING);
  }

  void needOpen() {
    if (closed) {
      throw new IllegalStateException("the backend was closed under a stream");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

final class Cells implements EventStream {
  private final MarkBackend owner;
  private final String mark;
  private final int count;
  private final int interval;
  private final CRC32 crc = new CRC32();
  private final CountDownLatch closed = new CountDownLatch(1);
  private int step = -2;

  Cells(MarkBackend owner, String mark, int count, int interval) {
    this.owner = owner;
    this.mark = mark;
    this.count = count;
    this.interval = interval;
  }

  @Override
  public Event next() {
    if (step > count + 1) {
      return null;
    }
    owner.needOpen();
    Event event = event(step);
    step++;
    return event;
  }

  private Event event(int at) {
    if (at == -2) {
      return Event.ResponseStarted.PLAIN;
    }
    if (at == -1) {
      return Event.MessageStarted.FIRST;
    }
    if (at > count) {
      return Event.Finished.of(FinishReason.STOP);
    }
    pause();
    if (at == count) {
      return new Event.TextDelta("end:" + count + ":" + Long.toHexString(crc.getValue()) + "|");
    }
    String cell = at + ":" + mark + ":" + Integer.toHexString(at * 0x9E3779B9) + "-é€";
    crc.update(cell.getBytes(StandardCharsets.UTF_8));
    return new Event.TextDelta(cell + ":" + Long.toHexString(crc.getValue()) + "|");
  }

  private void pause() {
    try {
      if (interval == 0 ? closed.getCount() == 0 : closed.await(interval, TimeUnit.MILLISECONDS)) {
        throw new StreamClosed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamClosed();
    }
  }

  @Override
  public boolean ready() {
    return interval == 0 || step < 0 || step > count;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
