package lip.sdk.frontend;

/**
 * What the core sends when it must end a response without the plugin: past the drain limit, at a
 * stop, after a crash.
 *
 * @param unstarted the whole response, when nothing was sent yet
 * @param started the record to append, when a stream has begun; empty = none
 * @param breakOff whether the connection is then cut without an end of body (OpenAI and Anthropic
 *     clients need that), or the body ended properly (Gemini)
 */
public record LastWords(ErrorReply unstarted, byte[] started, boolean breakOff) {}
