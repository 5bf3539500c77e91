package lip.frontend.openai.legacy;

import lip.api.call.Call;

/**
 * A decoded request.
 *
 * @param call the call
 * @param includeUsage whether the stream ends with a usage chunk
 */
record ChatRequest(Call call, boolean includeUsage) {}
