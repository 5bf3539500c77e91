// What every client must be able to do, whichever provider stands behind the proxy.
import assert from 'node:assert/strict';
import { until } from './setup.mjs';

export const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n').toString('base64');
const rome = { name: 'weather', arguments: { city: 'Rome' } };

async function thrown(promise) {
  try { await promise; } catch (error) { return error; }
  return assert.fail('no error');
}

/** An answer of each mode; all must say the same. */
async function same(client, ask) {
  const answers = [];
  for (const mode of client.modes) answers.push(await ask(mode));
  for (const other of answers) assert.deepEqual(other, answers[0]);
  return answers[0];
}

/** Each runs with a client, the emulator behind the proxy, and the name of a backend in front of that. */
export const scenarios = {
  async text({ client, backend }) {
    const said = await same(client, mode => client.talk(`${backend}:echo`).say('hello there').answer(mode));
    assert.equal(said.text, 'You said: hello there');
    assert.equal(said.finish, 'stop');
    assert.equal(said.usage.output, 4);
  },

  async 'system and stop'({ client, backend, provider }) {
    for (const mode of client.modes) await client.talk(`${backend}:echo`).stopAt('END').say('x').answer(mode);
    for (const body of await provider.bodies()) {
      assert.deepEqual(body.stop ?? body.stop_sequences, ['END']);
      assert.match(JSON.stringify(body.system ?? body.messages[0]), /be kind/);
    }
  },

  async 'length'({ client, backend }) {
    const said = await same(client, mode => client.talk(`${backend}:length`).say('x').answer(mode));
    assert.equal(said.finish, 'length');
    assert.equal(said.text, 'This answer is cut');
  },

  async 'tools over three turns'({ client, backend }) {
    for (const mode of client.modes) {
      const talk = client.talk(`${backend}:tools`).withTool();
      for (const turn of [1, 2, 3]) {
        const called = await talk.say(`turn ${turn}`).answer(mode);
        assert.equal(called.finish, 'tools');
        assert.deepEqual(called.calls.map(({ name, input }) => ({ name, input })), [{ name: 'weather', input: { city: 'Rome' } }]);
        const said = await talk.results(called, `sunny ${turn}`).answer(mode);
        assert.equal(said.text, `The tool said: sunny ${turn}`);
      }
    }
  },

  async 'parallel tools'({ client, backend }) {
    for (const mode of client.modes) {
      const talk = client.talk(`${backend}:tools-parallel`).withTool();
      const called = await talk.say('x').answer(mode);
      assert.equal(called.calls.length, 2);
      assert.notEqual(called.calls[0].id, called.calls[1].id);
      for (const call of called.calls) assert.deepEqual(call.input, { city: 'Rome' });
      assert.equal((await talk.results(called, 'sunny').answer(mode)).text, 'The tool said: sunny');
    }
  },

  async 'tool loop of the SDK'({ client, backend }) {
    for (const streamed of [false, true]) {
      const ran = [];
      const text = await client.loop(`${backend}:tools-parallel`, streamed, input => { ran.push(input.city); return 'sunny'; });
      assert.deepEqual(ran, ['Rome', 'Rome']);
      assert.equal(text, 'The tool said: sunny');
    }
  },

  async image({ client, backend, provider }) {
    for (const mode of client.modes) await client.talk(`${backend}:echo`).image(pixel).answer(mode);
    for (const body of await provider.bodies()) {
      const part = body.messages.at(-1).content.find(part => ['image', 'image_url'].includes(part.type));
      assert.equal(part.source?.data ?? part.image_url.url.split(',')[1], pixel);
    }
  },

  async pdf({ client, backend, provider }) {
    for (const mode of client.modes) await client.talk(`${backend}:echo`).pdf(pdf).answer(mode);
    for (const body of await provider.bodies()) {
      const part = body.messages.at(-1).content.find(part => ['document', 'file'].includes(part.type));
      assert.equal(part.source?.data ?? part.file.file_data.split(',')[1], pdf);
    }
  },

  async schema({ client, backend, provider }) {
    const warm = { city: 'Rome', degrees: 31 };
    for (const mode of client.modes) {
      await provider.script({ text: ['{"city":"Rome",', '"degrees":31}'] });
      assert.deepEqual(await client.object(`${backend}:any`, mode), warm);
      const body = (await provider.bodies()).at(-1);
      const schema = body.response_format?.json_schema.schema ?? body.output_config.format.schema;
      assert.deepEqual(schema.required, ['city', 'degrees']);
    }
  },

  async 'schema as a tool'({ client, backend, provider }) {
    const warm = { city: 'Rome', degrees: 31 };
    await provider.script({ calls: [{ name: 'json', arguments: warm }] });
    assert.deepEqual(await client.objectByTool(`${backend}:any`), warm);
    const body = (await provider.bodies()).at(-1);
    assert.notEqual(body.tool_choice.type ?? body.tool_choice, 'auto');
  },

  async thinking({ client, backend, provider, kind }) {
    for (const mode of client.modes) {
      await provider.reset();
      await provider.script({ thinking: 'A tool will help.', calls: [rome] }, { thinking: 'Well.', text: 'Done.' });
      const talk = client.talk(`${backend}:any`).withTool().think().say('x');
      const called = await talk.answer(mode);
      assert.equal(called.thinking, 'A tool will help.');
      const said = await talk.results(called, 'sunny').answer(mode);
      assert.equal(said.thinking, 'Well.');
      assert.equal(said.text, 'Done.');
      // The thought goes back to the provider that had it; Messages refuses one without its own proof.
      const replayed = (await provider.bodies()).at(-1).messages.find(message => message.role === 'assistant');
      const thought = kind === 'chat' ? replayed.reasoning_content : replayed.content.find(block => block.type === 'thinking')?.thinking;
      if (kind === 'chat' || client.keepsProofs) assert.equal(thought, 'A tool will help.');
    }
  },

  async usage({ client, backend, provider }) {
    for (const mode of client.modes) {
      await provider.script({ text: 'a', usage: { input: 33, cached: 20, output: 7 } });
      const { usage } = await client.talk(`${backend}:any`).say('x').answer(mode);
      assert.deepEqual(usage, { input: 33, cached: 20, output: 7 });
    }
  },

  // A status of the provider, and what the client is to see: a refused key is the operator's, not the client's.
  ...Object.fromEntries([['400', 400], ['401', 502], ['429', 429], ['529', { messages: 529, chat: 503 }]].map(([status, seen]) =>
    [`error ${status}`, async ({ client, backend }) => {
      const own = ['401', '429'].includes(status) ? `${backend}${status}${client.name.replaceAll('-', '')}` : backend;
      for (const mode of client.modes) {
        const failure = client.failure(await thrown(client.talk(`${own}:error-${status}`).say('x').answer(mode)));
        assert.ok(failure.typed, `no typed error: ${failure.said}`);
        assert.equal(failure.status, seen[client.dialect] ?? seen);
        if (status === '429') assert.ok(failure.retryAfter >= 0, 'no retry-after');
      }
    }])),

  async 'error after output'({ client, backend }) {
    for (const mode of client.modes) {
      const error = await thrown(client.talk(`${backend}:error-inband`).say('x').answer(mode));
      assert.ok(error instanceof Error, String(error));
    }
  },

  async 'answer that just ends'({ client, backend, kind }) {
    for (const mode of client.modes) {
      await thrown(client.talk(`${backend}:${kind === 'chat' ? 'no-finish' : 'no-end'}`).say('x').answer(mode));
    }
  },

  async cancellation({ client, backend, provider }) {
    for (const mode of client.modes.filter(mode => mode !== 'whole')) {
      const abort = new AbortController();
      await thrown(client.talk(`${backend}:stall-body`).say('x').answer(mode, { signal: abort.signal, seen: () => abort.abort() }));
      assert.equal(await provider.ending(), 'CLIENT_GONE');
    }
    // Nothing has come yet when a client gives up a whole answer.
    await provider.reset();
    const abort = new AbortController();
    const answer = thrown(client.talk(`${backend}:stall-body`).say('x').answer('whole', { signal: abort.signal }));
    await until('the provider is asked', 10_000, async () => (await provider.bodies()).length > 0);
    abort.abort();
    await answer;
    assert.equal(await provider.ending(), 'CLIENT_GONE');
  },

  async models({ client, backend }) {
    const ids = await client.models();
    assert.ok(ids.includes(`${backend}:echo`), ids.join(' '));
    assert.equal(await client.model(`${backend}:echo`), `${backend}:echo`);
    assert.equal(client.failure(await thrown(client.model('nobody:has-this'))).status, 404);
  },

  async count({ client, backend }) {
    const few = await client.count(`${backend}:echo`, 'hello');
    assert.ok(few > 0);
    assert.ok((await client.count(`${backend}:echo`, 'hello there '.repeat(50))) > few + 50);
  },
};
