package lip.core.executor;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.core.pipeline.Blame;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.sdk.Ids;
import lip.sdk.feature.AttemptContext;

/** An attempt whose plugin knows whether it is called without a lease. */
final class ReadAttempt {
  private static final Blame BLAME = new Blame(InstantSource.system());

  private static final AttemptContext CONTEXT =
      new AttemptContext() {
        @Override
        public String traceId() {
          return "t_1";
        }

        @Override
        public String frontendId() {
          return "f";
        }

        @Override
        public String aLegId() {
          return "a_1";
        }

        @Override
        public String bLegId() {
          return "b_1";
        }

        @Override
        public int number() {
          return 1;
        }

        @Override
        public String backendId() {
          return "b";
        }

        @Override
        public String model() {
          return "m";
        }

        @Override
        public InstantSource clock() {
          return InstantSource.system();
        }

        @Override
        public Ids ids() {
          return prefix -> prefix + "0";
        }
      };

  private final AtomicInteger closes = new AtomicInteger();
  private final AtomicInteger leasesBack = new AtomicInteger();
  private final AtomicInteger without = new AtomicInteger();
  private final LiveAttempt attempt =
      new LiveAttempt(
          new Entry<>(Family.BACKEND, "b", "k", 0, () -> {}),
          "open",
          new AttemptRecord(CONTEXT, "test"),
          BLAME,
          _ -> leasesBack.incrementAndGet());

  private final class Plugin implements EventStream {
    @Override
    public Event next() {
      called();
      if (closes.get() > 0) {
        throw new StreamClosed();
      }
      called();
      return new Event.ResponseStarted("r", "m", 0);
    }

    @Override
    public void close() {
      called();
      closes.incrementAndGet();
      called();
    }

    private void called() {
      if (leasesBack.get() > 0) {
        without.incrementAndGet();
      }
    }
  }

  ReadAttempt() {
    attempt.open(Plugin::new);
  }

  String read() {
    try {
      return attempt.next() instanceof Event.ResponseStarted ? "event" : "another event";
    } catch (StreamClosed e) {
      return "closed";
    }
  }

  void close() {
    attempt.close();
  }

  int closes() {
    return closes.get();
  }

  int leasesBack() {
    return leasesBack.get();
  }

  int callsWithoutLease() {
    return without.get();
  }
}
