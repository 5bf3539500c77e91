/**
 * The plugin zoo: hostile plugins beside well-behaved streams, whose content is checked. What the
 * platform does with each is a test here and a line in {@code docs/plugins/isolation.md}.
 */
@NullMarked
package lip.testing.badplugins;

import org.jspecify.annotations.NullMarked;
