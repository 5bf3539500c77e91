/**
 * An Anthropic Messages server on a loopback port: checks what it receives by the rules of the
 * protocol's versions, answers by scripts, and misbehaves on demand. Shares no code with the proxy.
 */
@NullMarked
package lip.testing.emulator.messages;

import org.jspecify.annotations.NullMarked;
