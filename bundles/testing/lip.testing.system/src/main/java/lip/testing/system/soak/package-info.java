/**
 * Endurance: mixed traffic for minutes or hours while plugins and settings change at random, every
 * answer checked, and what the process holds measured over time. {@link
 * lip.testing.system.soak.Soak} is the command.
 */
@NullMarked
package lip.testing.system.soak;

import org.jspecify.annotations.NullMarked;
