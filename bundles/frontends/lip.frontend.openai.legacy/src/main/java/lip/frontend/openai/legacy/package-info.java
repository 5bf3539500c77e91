/**
 * Answers OpenAI Chat Completions: decodes requests to canonical calls, encodes canonical events as
 * chunks or as one answer. The core makes instances through {@link
 * lip.frontend.openai.legacy.OpenAiLegacyKind}.
 */
@NullMarked
package lip.frontend.openai.legacy;

import org.jspecify.annotations.NullMarked;
