/**
 * An OpenAI Chat Completions server: {@link lip.testing.emulator.chat.ChatEmulator} is the door,
 * {@link lip.testing.emulator.chat.ChatReply} writes scripts, the rules judge what clients send.
 */
@Export
@Version("0.1.0")
@NullMarked
package lip.testing.emulator.chat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
