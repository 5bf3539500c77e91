package lip.core.instances;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies in Config Admin: found, put back, deleted. */
final class StoredConfigurations {
  private static final Logger LOG = LoggerFactory.getLogger(StoredConfigurations.class);

  /** The property that names the file a configuration was made of. */
  static final String FILE_KEY = "felix.fileinstall.filename";

  private final ConfigurationAdmin admin;
  private final String ownLocation;

  /** Wires; {@code ownLocation} is the location of the core's bundle. */
  StoredConfigurations(ConfigurationAdmin admin, String ownLocation) {
    this.admin = admin;
    this.ownLocation = ownLocation;
  }

  /** Those of a PID or factory PID. */
  List<Configuration> of(String pid) {
    return matching("(|(service.pid=" + pid + ")(service.factoryPid=" + pid + "))");
  }

  Optional<Configuration> find(String pid) {
    return matching("(" + Constants.SERVICE_PID + "=" + pid + ")").stream().findFirst();
  }

  private List<Configuration> matching(String filter) {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? List.of() : List.of(found);
    } catch (IOException | InvalidSyntaxException e) {
      LOG.error("configurations cannot be listed: filter={}", filter, e);
      return List.of();
    }
  }

  /** Puts a configuration back to what it was. */
  void restore(Configured lastGood) {
    try {
      Optional<Configuration> there = find(lastGood.pid());
      if (there.isPresent()) {
        Hashtable<String, Object> values = new Hashtable<>(lastGood.texts());
        if (lastGood.file() != null) {
          values.put(FILE_KEY, lastGood.file());
        }
        there.get().update(values);
        LOG.warn("configuration put back to what it was: pid={}", lastGood.pid());
      }
    } catch (IOException | IllegalStateException e) {
      LOG.error("configuration cannot be put back: pid={}", lastGood.pid(), e);
    }
  }

  /** Deletes a configuration that cannot be in force. */
  void delete(String pid) {
    try {
      Optional<Configuration> there = find(pid);
      if (there.isPresent()) {
        there.get().delete();
        LOG.warn("configuration deleted, it cannot be in force: pid={}", pid);
      }
    } catch (IOException | IllegalStateException e) {
      LOG.error("configuration cannot be deleted: pid={}", pid, e);
    }
  }

  /** A configuration bound to another bundle would never reach the core: now it is anybody's. */
  void unbind(Configuration there) {
    String location = there.getBundleLocation();
    if (location != null && !location.startsWith("?") && !location.equals(ownLocation)) {
      LOG.info("configuration was bound to a bundle, now anybody's: pid={}", there.getPid());
      there.setBundleLocation("?");
    }
  }
}
