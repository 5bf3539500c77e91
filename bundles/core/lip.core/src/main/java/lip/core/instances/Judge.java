package lip.core.instances;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.instances.InstanceMaker.Outcome;
import lip.core.instances.Verdict.Why;
import lip.core.snapshot.Family;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the candidates of an instance, best first, until one takes it. Plugin code runs in here, on
 * the caller's thread.
 */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  private final InstanceMaker maker;
  private final BiFunction<Family, InstanceKey, Optional<InstanceKey>> claim;

  /**
   * Wires.
   *
   * @param claim claims an id; not empty = it is taken by that one
   */
  Judge(InstanceMaker maker, BiFunction<Family, InstanceKey, Optional<InstanceKey>> claim) {
    this.maker = maker;
    this.claim = claim;
  }

  Verdict judge(
      InstanceKey key,
      List<Source> candidates,
      @Nullable Configured configuration,
      @Nullable Live old) {
    Verdict verdict = new Verdict(old);
    for (Source candidate : candidates) {
      Optional<Map<String, String>> texts;
      try {
        texts =
            configuration == null
                ? maker.texts(candidate, key)
                : Optional.of(maker.texts(candidate, key, configuration));
      } catch (InstanceMaker.BadDefaults e) {
        verdict.failed(candidate, new Why(e.reason(), false));
        if (old != null && old.source() == candidate) {
          break;
        }
        continue;
      }
      if (texts.isEmpty()) {
        return verdict;
      }
      Optional<InstanceKey> owner = claim.apply(candidate.family(), key);
      if (owner.isPresent()) {
        verdict.clash("the id " + key.id() + " is taken by " + owner.get());
        return verdict;
      }
      boolean running = old != null && old.source() == candidate;
      if (old != null && running && old.texts().equals(texts.get())) {
        verdict.lives(old);
        return verdict;
      }
      String file = configuration == null ? null : configuration.file();
      switch (maker.make(candidate, key, file, texts.get())) {
        case Outcome.Made(Live made, List<Finding> said) -> {
          said.forEach(finding -> LOG.warn("configuration: {}", finding.line()));
          verdict.lives(made);
          return verdict;
        }
        case Outcome.Disabled _ -> {
          verdict.disabled();
          return verdict;
        }
        case Outcome.Unresolved(String reason, _) -> {
          verdict.unresolved(reason);
          return verdict;
        }
        case Outcome.Refused(List<Finding> said, boolean settings) ->
            verdict.failed(candidate, new Why(Reasons.of(said), settings));
      }
      if (running) {
        break; // Never below the version that runs.
      }
    }
    if (!candidates.isEmpty()) {
      verdict.nobody(old != null && candidates.contains(old.source()));
    }
    return verdict;
  }
}
