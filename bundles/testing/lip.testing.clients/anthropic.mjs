// Anthropic's own SDK, Messages.
import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { answerSchema, weather } from './openai.mjs';

const finishes = { end_turn: 'stop', tool_use: 'tools', max_tokens: 'length' };
const limit = 4096;

class Talk {
  constructor(sdk, model) {
    this.sdk = sdk;
    this.request = { model, max_tokens: limit, system: 'be kind', messages: [] };
  }
  #user(content) { this.request.messages.push({ role: 'user', content }); return this; }
  say(text) { return this.#user(text); }
  image(data) { return this.#user([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }]); }
  pdf(data) { return this.#user([{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data } },
    { type: 'text', text: 'read it' }]); }
  withTool() {
    this.request.tools = [{ name: weather.name, description: weather.description, input_schema: weather.schema }];
    return this;
  }
  think() { this.request.thinking = { type: 'enabled', budget_tokens: 1024 }; return this; }
  stopAt(text) { this.request.stop_sequences = [text]; return this; }
  results(said, text) {
    return this.#user(said.calls.map(call => ({ type: 'tool_result', tool_use_id: call.id, content: text })));
  }

  async answer(mode, { signal, seen } = {}) {
    let whole;
    if (mode === 'whole') {
      whole = await this.sdk.messages.create(this.request, { signal });
    } else if (mode === 'stream') {
      whole = await this.#collect(await this.sdk.messages.create({ ...this.request, stream: true }, { signal }), seen);
    } else {
      const stream = this.sdk.messages.stream(this.request, { signal });
      if (seen) stream.on('text', text => seen(text));
      whole = await stream.finalMessage();
    }
    this.request.messages.push({ role: 'assistant', content: whole.content });
    const of = (type, field) => whole.content.filter(block => block.type === type).map(block => block[field]).join('');
    const usage = whole.usage;
    return {
      text: of('text', 'text'), thinking: of('thinking', 'thinking'),
      calls: whole.content.filter(block => block.type === 'tool_use').map(({ id, name, input }) => ({ id, name, input })),
      finish: finishes[whole.stop_reason] ?? whole.stop_reason,
      usage: { input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
        cached: usage.cache_read_input_tokens ?? 0, output: usage.output_tokens },
    };
  }

  /** What programs do that read the events themselves. */
  async #collect(stream, seen) {
    let message, stopped;
    const json = [];
    for await (const event of stream) {
      const block = message?.content[event.index];
      if (event.type === 'message_start') message = event.message;
      if (event.type === 'content_block_start') { message.content.push({ ...event.content_block }); json.push(''); }
      if (event.type === 'content_block_delta') {
        const delta = event.delta;
        if (delta.type === 'text_delta') { block.text += delta.text; seen?.(delta.text); }
        if (delta.type === 'thinking_delta') block.thinking += delta.thinking;
        if (delta.type === 'signature_delta') block.signature = delta.signature;
        if (delta.type === 'input_json_delta') json[event.index] += delta.partial_json;
      }
      if (event.type === 'content_block_stop' && block.type === 'tool_use') block.input = JSON.parse(json[event.index] || '{}');
      if (event.type === 'message_delta') { Object.assign(message, event.delta); Object.assign(message.usage, event.usage); }
      stopped ||= event.type === 'message_stop';
    }
    if (!stopped) throw new Error('the stream just ended');
    return message;
  }
}

export const anthropic = {
  name: 'anthropic',
  keepsProofs: true,
  dialect: 'messages',
  modes: ['whole', 'stream', 'helper'],
  lacks: { 'schema as a tool': 'only the AI SDK does this' },
  open(base) { this.sdk = new Anthropic({ baseURL: base, apiKey: 'any', authToken: null, maxRetries: 0 }); return this; },
  talk(model) { return new Talk(this.sdk, model); },

  async object(model, mode) {
    const body = { model, max_tokens: limit, messages: [{ role: 'user', content: 'how warm is Rome' }] };
    if (mode === 'helper') return (await this.sdk.messages.parse({ ...body, output_config: { format: jsonSchemaOutputFormat(answerSchema) } })).parsed_output;
    body.output_config = { format: { type: 'json_schema', schema: answerSchema } };
    const message = mode === 'whole' ? await this.sdk.messages.create(body) : await this.sdk.messages.stream(body).finalMessage();
    return JSON.parse(message.content.find(block => block.type === 'text').text);
  },

  /** The loop that the SDK leads itself. */
  async loop(model, streamed, run) {
    const tool = betaTool({ name: weather.name, description: weather.description, inputSchema: weather.schema, run });
    const runner = this.sdk.beta.messages.toolRunner({ model, max_tokens: limit, stream: streamed, messages: [{ role: 'user', content: 'x' }], tools: [tool] });
    const last = await runner.runUntilDone();
    return last.content.filter(block => block.type === 'text').map(block => block.text).join('');
  },

  async models() { const ids = []; for await (const model of this.sdk.models.list({ limit: 1000 })) ids.push(model.id); return ids; },
  async model(id) { return (await this.sdk.models.retrieve(id)).id; },
  async count(model, text) { return (await this.sdk.messages.countTokens({ model, messages: [{ role: 'user', content: text }] })).input_tokens; },

  failure(error) {
    const kinds = { 400: Anthropic.BadRequestError, 429: Anthropic.RateLimitError, 529: Anthropic.OverloadedError };
    return { typed: error instanceof (kinds[error.status] ?? (error.status >= 500 ? Anthropic.InternalServerError : Anthropic.APIError)),
      status: error.status, retryAfter: error.headers?.get('retry-after'), said: error.message };
  },
};
