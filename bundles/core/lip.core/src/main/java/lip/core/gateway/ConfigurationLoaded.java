package lip.core.gateway;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that appears once the files of the configuration folder have been read at boot. Whoever
 * opens a listener waits for it, so that no port is opened with settings that a file replaces a
 * moment later.
 */
@ConsumerType
public interface ConfigurationLoaded {}
