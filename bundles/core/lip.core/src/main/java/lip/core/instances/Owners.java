package lip.core.instances;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.core.snapshot.Family;

/**
 * Which instance has an id; an id is unique inside its family. In the order of age: whoever claimed
 * an id first keeps it, and its routes. Guarded by the lock of the {@link Registry}.
 */
final class Owners {
  private record FamilyId(Family family, String id) {}

  private final Map<FamilyId, InstanceKey> owners = new LinkedHashMap<>();

  /** The older claim of an id, if it is another's; else the id is the key's from now on. */
  Optional<InstanceKey> claim(Family family, InstanceKey key) {
    InstanceKey owner = owners.putIfAbsent(new FamilyId(family, key.id()), key);
    return owner == null || owner.equals(key) ? Optional.empty() : Optional.of(owner);
  }

  /** Gives the ids of a key free. */
  void release(InstanceKey key) {
    owners.values().removeIf(key::equals);
  }

  Optional<InstanceKey> of(Family family, String id) {
    return Optional.ofNullable(owners.get(new FamilyId(family, id)));
  }

  /** All, the oldest first. */
  List<InstanceKey> byAge() {
    return new ArrayList<>(owners.values());
  }
}
