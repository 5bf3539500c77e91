/** What servers that speak Chat Completions want otherwise than the protocol says, as data. */
@NullMarked
package lip.backend.openai.legacy.profile;

import org.jspecify.annotations.NullMarked;
