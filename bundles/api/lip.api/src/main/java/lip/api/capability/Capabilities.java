package lip.api.capability;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a candidate can do, or what a call needs.
 *
 * @param all the capabilities, in order of declaration
 */
public record Capabilities(Set<Capability> all) {
  /** Copies. */
  public Capabilities {
    all = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(all));
  }

  /** From a list. */
  public static Capabilities of(Capability... capabilities) {
    return new Capabilities(new LinkedHashSet<>(List.of(capabilities)));
  }

  /** From a collection. */
  public static Capabilities of(Collection<Capability> capabilities) {
    return new Capabilities(new LinkedHashSet<>(capabilities));
  }

  /** Whether it is among them. */
  public boolean has(Capability capability) {
    return all.contains(capability);
  }

  /** Those of {@code needed} that are missing here. */
  public Capabilities missing(Capabilities needed) {
    Set<Capability> missing = new LinkedHashSet<>(needed.all);
    missing.removeAll(all);
    return new Capabilities(missing);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return all.isEmpty();
  }
}
