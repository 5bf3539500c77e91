// OpenAI's own SDK, Chat Completions.
import OpenAI from 'openai';

export const weather = {
  name: 'weather',
  description: 'The weather of a city',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};
export const answerSchema = {
  type: 'object', properties: { city: { type: 'string' }, degrees: { type: 'number' } },
  required: ['city', 'degrees'], additionalProperties: false,
};

const finishes = { tool_calls: 'tools' };
const functionTool = { type: 'function', function: { name: weather.name, description: weather.description, parameters: weather.schema } };

class Talk {
  constructor(sdk, model) {
    this.sdk = sdk;
    this.request = { model, messages: [{ role: 'system', content: 'be kind' }] };
  }
  #user(content) { this.request.messages.push({ role: 'user', content }); return this; }
  say(text) { return this.#user(text); }
  image(data) { return this.#user([{ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }]); }
  pdf(data) { return this.#user([{ type: 'text', text: 'read it' },
    { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${data}` } }]); }
  withTool() { this.request.tools = [functionTool]; return this; }
  think() { this.request.reasoning_effort = 'low'; return this; }
  stopAt(text) { this.request.stop = [text]; return this; }
  results(said, text) {
    for (const call of said.calls) this.request.messages.push({ role: 'tool', tool_call_id: call.id, content: text });
    return this;
  }

  async answer(mode, { signal, seen } = {}) {
    const body = { ...this.request };
    let whole;
    if (mode === 'whole') {
      whole = await this.sdk.chat.completions.create(body, { signal });
    } else if (mode === 'stream') {
      whole = await this.#collect(await this.sdk.chat.completions.create(
        { ...body, stream: true, stream_options: { include_usage: true } }, { signal }), seen);
    } else {
      const stream = this.sdk.chat.completions.stream({ ...body, stream_options: { include_usage: true } }, { signal });
      if (seen) stream.on('content', text => seen(text));
      whole = await stream.finalChatCompletion();
    }
    // What the helper made of the answer is not part of the conversation.
    const [{ message: { parsed, ...message }, finish_reason: finish }] = whole.choices;
    this.request.messages.push(message);
    return {
      text: message.content ?? '', thinking: message.reasoning_content ?? '',
      calls: (message.tool_calls ?? []).map(call => ({ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) })),
      finish: finishes[finish] ?? finish,
      usage: { input: whole.usage.prompt_tokens, cached: whole.usage.prompt_tokens_details?.cached_tokens ?? 0, output: whole.usage.completion_tokens },
    };
  }

  /** What programs do that read the chunks themselves. */
  async #collect(stream, seen) {
    const message = { role: 'assistant', content: null };
    let finish, usage;
    for await (const chunk of stream) {
      usage = chunk.usage ?? usage;
      const [choice] = chunk.choices;
      finish = choice?.finish_reason ?? finish;
      const delta = choice?.delta ?? {};
      for (const field of ['content', 'reasoning_content']) if (delta[field]) message[field] = (message[field] ?? '') + delta[field];
      if (delta.reasoning_details) message.reasoning_details = [...(message.reasoning_details ?? []), ...delta.reasoning_details];
      for (const part of delta.tool_calls ?? []) {
        message.tool_calls ??= [];
        const call = (message.tool_calls[part.index] ??= { id: part.id, type: 'function', function: { name: '', arguments: '' } });
        call.function.name += part.function?.name ?? '';
        call.function.arguments += part.function?.arguments ?? '';
      }
      if (delta.content) seen?.(delta.content);
    }
    if (!finish) throw new Error('the stream just ended');
    return { choices: [{ message, finish_reason: finish }], usage };
  }
}

export const openai = {
  name: 'openai',
  keepsProofs: true,
  dialect: 'chat',
  modes: ['whole', 'stream', 'helper'],
  lacks: { 'schema as a tool': 'only the AI SDK does this', count: 'Chat Completions has no count of tokens' },
  open(base) { this.sdk = new OpenAI({ baseURL: `${base}/v1`, apiKey: 'any', maxRetries: 0 }); return this; },
  talk(model) { return new Talk(this.sdk, model); },

  async object(model, mode) {
    const body = { model, messages: [{ role: 'user', content: 'how warm is Rome' }],
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: answerSchema } } };
    if (mode === 'helper') return (await this.sdk.chat.completions.parse(body)).choices[0].message.parsed ??
      JSON.parse((await this.sdk.chat.completions.stream(body).finalChatCompletion()).choices[0].message.content);
    if (mode === 'whole') return JSON.parse((await this.sdk.chat.completions.create(body)).choices[0].message.content);
    let text = '';
    for await (const chunk of await this.sdk.chat.completions.create({ ...body, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
    return JSON.parse(text);
  },

  /** The loop that the SDK leads itself. */
  async loop(model, streamed, run) {
    const tool = { type: 'function', function: { ...functionTool.function, parse: JSON.parse, function: run } };
    const runner = this.sdk.chat.completions.runTools({ model, stream: streamed, messages: [{ role: 'user', content: 'x' }], tools: [tool] });
    return await runner.finalContent();
  },

  async models() { const ids = []; for await (const model of this.sdk.models.list()) ids.push(model.id); return ids; },
  async model(id) { return (await this.sdk.models.retrieve(id)).id; },

  failure(error) {
    const kinds = { 400: OpenAI.BadRequestError, 429: OpenAI.RateLimitError };
    return { typed: error instanceof (kinds[error.status] ?? (error.status >= 500 ? OpenAI.InternalServerError : OpenAI.APIError)),
      status: error.status, retryAfter: error.headers?.get('retry-after'), said: error.message };
  },
};
