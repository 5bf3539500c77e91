/**
 * The frontend {@code anthropic}: Messages as Anthropic's SDKs and Claude Code speak it, both
 * versions. Decodes requests to calls that keep what only this dialect knows, and writes answers as
 * strictly sequential content blocks, streamed or whole by the same steps.
 */
@NullMarked
package lip.frontend.anthropic;

import org.jspecify.annotations.NullMarked;
