/**
 * Runs the stages of a snapshot over a call and over the events of an attempt. Every plugin call is
 * isolated here: what it throws is blamed on its instance and handled by the policy of the handler.
 */
@NullMarked
package lip.core.pipeline;

import org.jspecify.annotations.NullMarked;
