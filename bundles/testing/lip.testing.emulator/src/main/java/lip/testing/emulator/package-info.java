/**
 * Providers that run inside a test or beside it: a small HTTP/1.1 server that plays prepared
 * answers byte for byte, also broken ones, and keeps every request it got. The protocols are in
 * packages of their own and share no code with the product, so they can judge it.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.emulator;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
