/**
 * What frontend and backend of Anthropic Messages say in the same words: versions, stop reasons,
 * usage, citations, error envelopes. Embedded by both; knows no HTTP.
 */
@NullMarked
package lip.support.anthropic.messages;

import org.jspecify.annotations.NullMarked;
