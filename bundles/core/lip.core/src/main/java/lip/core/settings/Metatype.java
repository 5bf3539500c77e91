package lip.core.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What a bundle's metatype says about a settings interface; its annotation is gone at run time. */
public final class Metatype {
  private final MetaTypeService service;

  /** Reads through the service. */
  public Metatype(MetaTypeService service) {
    this.service = service;
  }

  /**
   * A designation of a settings interface.
   *
   * @param pid PID or factory PID
   * @param keys its keys
   */
  public record Designate(String pid, List<Declared> keys) {
    /** Copies. */
    public Designate {
      keys = List.copyOf(keys);
    }
  }

  /** The factory PID designated to a settings interface. */
  public Optional<Designate> factory(Bundle bundle, Class<?> settings) {
    MetaTypeInformation all = service.getMetaTypeInformation(bundle);
    return all == null ? Optional.empty() : find(all, all.getFactoryPids(), settings);
  }

  /** The PID designated to a settings interface. */
  public Optional<Designate> singleton(Bundle bundle, Class<?> settings) {
    MetaTypeInformation all = service.getMetaTypeInformation(bundle);
    return all == null ? Optional.empty() : find(all, all.getPids(), settings);
  }

  private static Optional<Designate> find(
      MetaTypeInformation all, String @Nullable [] pids, Class<?> settings) {
    for (String pid : pids == null ? new String[0] : pids) {
      ObjectClassDefinition type = all.getObjectClassDefinition(pid, null);
      if (type != null && settings.getName().equals(type.getID())) {
        return Optional.of(new Designate(pid, keys(type)));
      }
    }
    return Optional.empty();
  }

  private static List<Declared> keys(ObjectClassDefinition type) {
    Set<String> required = new HashSet<>();
    for (AttributeDefinition key : attributes(type, ObjectClassDefinition.REQUIRED)) {
      required.add(key.getID());
    }
    List<Declared> keys = new ArrayList<>();
    for (AttributeDefinition key : attributes(type, ObjectClassDefinition.ALL)) {
      String[] defaults = key.getDefaultValue();
      String[] options = key.getOptionValues();
      boolean text = key.getType() == AttributeDefinition.STRING;
      keys.add(
          new Declared(
              key.getID(),
              defaults == null ? null : List.of(defaults),
              required.contains(key.getID()),
              options == null ? List.of() : List.of(options),
              text ? _ -> null : value -> blankToNull(key.validate(value))));
    }
    return keys;
  }

  private static @Nullable String blankToNull(@Nullable String said) {
    return said == null || said.isBlank() ? null : said;
  }

  private static AttributeDefinition[] attributes(ObjectClassDefinition type, int filter) {
    AttributeDefinition[] found = type.getAttributeDefinitions(filter);
    return found == null ? new AttributeDefinition[0] : found;
  }
}
