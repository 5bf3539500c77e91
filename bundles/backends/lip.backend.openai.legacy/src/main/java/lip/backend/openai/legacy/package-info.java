/**
 * Speaks OpenAI Chat Completions to OpenAI and every server compatible with it: canonical call to
 * request, stream or whole answer to canonical events. The core makes instances through {@link
 * lip.backend.openai.legacy.OpenAiLegacyKind}.
 */
@NullMarked
package lip.backend.openai.legacy;

import org.jspecify.annotations.NullMarked;
