/**
 * The deployer. FileInstall watches the folders and calls the two installers here; they act on
 * threads of their own, so no watcher ever waits for a drain. A jar becomes a new bundle beside the
 * old one, which goes when the new one serves; a configuration file is checked before Config Admin
 * sees it.
 */
@NullMarked
package lip.operations.deploy;

import org.jspecify.annotations.NullMarked;
