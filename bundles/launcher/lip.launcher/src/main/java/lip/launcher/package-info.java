/**
 * The process: reads the command line, starts the framework with the bundles of {@code system/},
 * waits for the core to announce its listeners, and stops everything in order. It knows no bundle
 * by name: the one thing it shares with them is {@link lip.launcher.Announcements}, a service of a
 * JDK type.
 */
@NullMarked
package lip.launcher;

import org.jspecify.annotations.NullMarked;
