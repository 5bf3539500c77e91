package lip.core.instances;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.core.snapshot.Snapshot;

/**
 * A snapshot and what it was made of.
 *
 * @param snapshot the snapshot
 * @param members the instances it holds
 * @param claimProblems claims that are not in force, by instance
 */
record Edition(Snapshot snapshot, List<Live> members, Map<InstanceKey, String> claimProblems) {
  /** Before the first change. */
  static final Edition EMPTY = new Edition(Snapshot.EMPTY, List.of(), Map.of());

  /** Copies. */
  Edition {
    members = List.copyOf(members);
    claimProblems = Map.copyOf(claimProblems);
  }

  /** The instance that requests meet under a key. */
  Optional<Live> member(InstanceKey key) {
    return members.stream().filter(live -> live.key().equals(key)).findFirst();
  }
}
