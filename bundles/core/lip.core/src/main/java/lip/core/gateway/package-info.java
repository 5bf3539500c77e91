/**
 * What lip.core.http and the operations bundles need of the core, and nobody else: the package is exported with a mandatory
 * attribute, so that importing it is a decision.
 */
@Export(attribute = {"lip=internal", "mandatory:=lip"})
@Version("0.1.0")
@NullMarked
package lip.core.gateway;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
