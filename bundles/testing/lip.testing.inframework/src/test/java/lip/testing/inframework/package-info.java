/**
 * Looks into a framework that runs the bundles of the assembled distribution: what is registered,
 * who is wired to whom, what happens when bundles and configurations come and go. The framework
 * runs in the process of the test, started once for all classes.
 */
@NullMarked
package lip.testing.inframework;

import org.jspecify.annotations.NullMarked;
