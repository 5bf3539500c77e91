// The AI SDK with three of its providers.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateObject, generateText, isStepCount, jsonSchema, Output, streamText, tool } from 'ai';
import { answerSchema, weather } from './openai.mjs';

const byTool = 'only Anthropic\'s provider of the AI SDK does this';
const finishes = { 'tool-calls': 'tools' };
const offered = run => ({ [weather.name]: tool({ description: weather.description, inputSchema: jsonSchema(weather.schema), execute: run }) });
const quiet = { maxRetries: 0, maxOutputTokens: 4096 };
globalThis.AI_SDK_LOG_WARNINGS = false;
process.noDeprecation = true; // generateObject is still in many programs

/** Everything of a stream; an error inside it is thrown. */
async function collected(result, seen) {
  for await (const part of result.fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw new Error('aborted');
    if (part.type === 'text-delta') seen?.(part.text);
  }
  return result;
}

class Talk {
  constructor(model, options) {
    this.request = { model, ...quiet, system: 'be kind', messages: [], providerOptions: {} };
    this.thinkOptions = options;
  }
  #user(content) { this.request.messages.push({ role: 'user', content }); return this; }
  say(text) { return this.#user(text); }
  image(data) { return this.#user([{ type: 'file', mediaType: 'image/png', data }]); }
  pdf(data) { return this.#user([{ type: 'file', mediaType: 'application/pdf', filename: 'a.pdf', data }, { type: 'text', text: 'read it' }]); }
  withTool() { this.request.tools = offered(undefined); return this; }
  think() { this.request.providerOptions = this.thinkOptions; return this; }
  stopAt(text) { this.request.stopSequences = [text]; return this; }
  results(said, text) {
    this.request.messages.push({ role: 'tool', content: said.calls.map(call =>
      ({ type: 'tool-result', toolCallId: call.id, toolName: call.name, output: { type: 'text', value: text } })) });
    return this;
  }

  async answer(mode, { signal, seen } = {}) {
    const body = { ...this.request, abortSignal: signal };
    const result = mode === 'whole' ? await generateText(body) : await collected(streamText({ ...body, onError() {} }), seen);
    const { messages } = await result.response;
    this.request.messages.push(...messages);
    const usage = await result.usage;
    const finish = await result.finishReason;
    return {
      text: await result.text, thinking: (await result.reasoningText) ?? '',
      calls: (await result.toolCalls).map(call => ({ id: call.toolCallId, name: call.toolName, input: call.input })),
      finish: finishes[finish] ?? finish,
      usage: { input: usage.inputTokens, cached: usage.inputTokenDetails?.cacheReadTokens ?? 0, output: usage.outputTokens },
    };
  }
}

function client(name, dialect, lacks, connect, thinkOptions) {
  return {
    name, dialect, lacks: { models: 'the AI SDK has no list of models', count: 'the AI SDK has no count of tokens', ...lacks },
    modes: ['whole', 'stream'],
    keepsProofs: dialect === 'messages',
    open(base) { this.of = connect(base); return this; },
    talk(model) { return new Talk(this.of(model), thinkOptions); },

    async object(model, mode) {
      const body = { model: this.of(model), ...quiet, prompt: 'how warm is Rome',
        providerOptions: { anthropic: { structuredOutputMode: 'outputFormat' } } };
      const schema = jsonSchema(answerSchema);
      if (mode === 'whole') return (await generateObject({ ...body, schema })).object;
      return (await collected(streamText({ ...body, output: Output.object({ schema }), onError() {} }))).output;
    },

    /** What this provider does by itself for models it does not know. */
    async objectByTool(model) {
      const body = { model: this.of(model), ...quiet, prompt: 'how warm is Rome', schema: jsonSchema(answerSchema) };
      return (await generateObject(body)).object;
    },

    async loop(model, streamed, run) {
      const body = { model: this.of(model), ...quiet, prompt: 'x', tools: offered(run), stopWhen: isStepCount(5) };
      return streamed ? (await collected(streamText({ ...body, onError() {} }))).text : (await generateText(body)).text;
    },

    failure(error) {
      return { typed: APICallError.isInstance(error), status: error.statusCode,
        retryAfter: error.responseHeaders?.['retry-after'], said: error.message };
    },
  };
}

export const aiSdks = [
  client('ai-openai', 'chat', { 'schema as a tool': byTool, thinking: 'this provider does not read reasoning from Chat Completions' },
    base => createOpenAI({ baseURL: `${base}/v1`, apiKey: 'any' }).chat, { openai: { reasoningEffort: 'low' } }),
  client('ai-openai-compatible', 'chat', { 'schema as a tool': byTool },
    base => createOpenAICompatible({ name: 'lip', baseURL: `${base}/v1`, apiKey: 'any', includeUsage: true, supportsStructuredOutputs: true }),
    { lip: { reasoningEffort: 'low' } }),
  client('ai-anthropic', 'messages', {},
    base => createAnthropic({ baseURL: `${base}/v1`, apiKey: 'any' }), { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } }),
];
