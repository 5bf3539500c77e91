package lip.core.instances;

import org.osgi.framework.Version;

/**
 * Which bundle.
 *
 * @param bundleId its id
 * @param symbolicName its name
 * @param version its version
 */
record Origin(long bundleId, String symbolicName, Version version) {
  @Override
  public String toString() {
    return symbolicName + " " + version + " [" + bundleId + "]";
  }
}
