/**
 * What frontend and backend of OpenAI Chat Completions say in the same words: finish reasons,
 * usage, output formats, error envelopes, data URLs. Embedded by both; knows no HTTP.
 */
@NullMarked
package lip.support.openai.chat;

import org.jspecify.annotations.NullMarked;
