package lip.core.pipeline;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import lip.core.routing.Shown;
import lip.core.snapshot.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what plugins do wrong and says so in the log: one line a second for each place at most.
 */
public final class Blame {
  private static final Logger LOG = LoggerFactory.getLogger(Blame.class);

  /** More places than this are not told apart: the counts start again. */
  private static final int PLACES = 1_000;

  private record Place(String family, String id, String where) {}

  private record Said(Instant at, long since, boolean now) {}

  private final InstantSource clock;
  private final ConcurrentHashMap<Place, Said> said = new ConcurrentHashMap<>();

  /** With the clock of the core. */
  public Blame(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an error and logs it.
   *
   * @param entry the instance
   * @param where stage or call, for people
   * @param traceId the request
   * @param thrown what it threw, or an exception that says what was wrong
   */
  public void on(Entry<?> entry, String where, String traceId, Throwable thrown) {
    entry.failed();
    Instant now = clock.instant();
    if (said.size() > PLACES) {
      said.clear();
    }
    Said outcome =
        said.compute(
            new Place(entry.family().id(), entry.id(), where),
            (_, before) ->
                before == null || !now.isBefore(before.at().plusSeconds(1))
                    ? new Said(now, before == null || before.now() ? 0 : before.since(), true)
                    : new Said(before.at(), (before.now() ? 0 : before.since()) + 1, false));
    if (outcome != null && outcome.now()) {
      LOG.error(
          "plugin failed: family={} instance={} kind={} at={} call={} errors={} unsaid={}",
          entry.family().id(),
          entry.id(),
          entry.kind(),
          where,
          Shown.text(traceId),
          entry.errors(),
          outcome.since(),
          thrown);
    }
  }
}
