package lip.core.instances;

import java.util.Comparator;

/**
 * Which instance.
 *
 * @param pid factory PID of its kind
 * @param id instance id
 */
record InstanceKey(String pid, String id) implements Comparable<InstanceKey> {
  private static final Comparator<InstanceKey> ORDER =
      Comparator.comparing(InstanceKey::pid).thenComparing(InstanceKey::id);

  @Override
  public int compareTo(InstanceKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return pid + "~" + id;
  }
}
