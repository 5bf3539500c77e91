// Claude Code itself, without a terminal.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pixel } from './scenarios.mjs';
import { plainEnvironment, run, until } from './setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** A home with something to read in it. */
async function newHome(dir) {
  const home = await mkdtemp(join(dir, 'home-'));
  await mkdir(join(home, 'work'));
  await writeFile(join(home, 'work', 'note.txt'), 'the tower is red\n');
  await writeFile(join(home, 'work', 'dot.png'), Buffer.from(pixel, 'base64'));
  return home;
}

/** Starts it, in a new home unless there is one. */
async function claude({ base, dir, backend, home: given }, prompt, ...options) {
  const home = given ?? await newHome(dir);
  const child = run(join(here, 'node_modules', '.bin', 'claude'),
    ['-p', prompt, '--model', `${backend}:any`, '--allowedTools', 'Read', 'Bash(echo:*)', ...options],
    { cwd: join(home, 'work'), stdio: ['ignore', 'pipe', 'pipe'], env: {
      ...plainEnvironment, HOME: home, ANTHROPIC_BASE_URL: base, ANTHROPIC_AUTH_TOKEN: 'any',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1', DISABLE_TELEMETRY: '1' } });
  let out = '', err = '';
  child.stdout.on('data', data => (out += data));
  child.stderr.on('data', data => (err += data));
  const done = new Promise(resolve => child.on('close', code => resolve({ code, out, err, home })));
  return { child, done };
}

async function said(parts, prompt, ...options) {
  const { done } = await claude(parts, prompt, ...options);
  return done;
}

/** Requests for an answer, those before the first turn left out. */
const turns = async provider => (await provider.bodies()).filter(body => body.tools?.length > 0);

export const claudeCode = {
  async text(parts) {
    await parts.provider.script({ text: ['Hello ', 'there.'], usage: { input: 33, cached: 20, output: 7 } });
    const { code, out, err } = await said(parts, 'Say hello.', '--output-format', 'json');
    const result = JSON.parse(out);
    assert.equal(code, 0, err + out);
    assert.equal(result.result, 'Hello there.');
    assert.equal(result.is_error, false);
    assert.deepEqual([result.usage.input_tokens, result.usage.cache_read_input_tokens, result.usage.output_tokens], [13, 20, 7]);
    assert.equal((await turns(parts.provider)).length, 1, 'one request, not a row of weaker ones');
  },

  async 'tools over two turns'(parts) {
    const { provider } = parts;
    await provider.script(
      { thinking: 'I shall look.', text: 'I look.', calls: [{ name: 'Read', arguments: { file_path: 'note.txt' } }] },
      { thinking: 'Now say it.', calls: [{ name: 'Bash', arguments: { command: 'echo the tower', description: 'says it' } }] },
      { thinking: 'Enough.', text: 'The tower is red.' });
    const { code, out, err } = await said(parts, 'Read note.txt and tell me.', '--output-format', 'stream-json', '--verbose');
    const events = out.trim().split('\n').map(line => JSON.parse(line));
    const last = events.at(-1);
    assert.equal(code, 0, err + out);
    assert.equal(last.result, 'The tower is red.');
    assert.equal(last.num_turns, 3);
    const used = events.flatMap(event => event.type === 'assistant' ? event.message.content : []).filter(block => block.type === 'tool_use');
    assert.deepEqual(used.map(block => block.name), ['Read', 'Bash']);
    const results = events.flatMap(event => event.type === 'user' ? event.message.content : []).filter(block => block.type === 'tool_result');
    assert.match(JSON.stringify(results[0]), /the tower is red/);
    assert.match(JSON.stringify(results[1]), /the tower/);
    // What the provider was told in the last turn.
    const asked = await turns(provider);
    assert.equal(asked.length, 3);
    assert.match(JSON.stringify(asked.at(-1).messages), /the tower is red/);
    const thoughts = asked.at(-1).messages.filter(message => message.role === 'assistant').map(message =>
      message.reasoning_content ?? message.content.find(block => block.type === 'thinking')?.thinking);
    assert.deepEqual(thoughts, ['I shall look.', 'Now say it.']);
  },

  async 'parallel tools'(parts) {
    const echo = word => ({ name: 'Bash', arguments: { command: `echo ${word}`, description: 'says it' } });
    await parts.provider.script({ calls: [echo('one'), echo('two')] }, { text: 'Both.' });
    const { code, out, err } = await said(parts, 'Say one and two.', '--output-format', 'json');
    assert.equal(code, 0, err + out);
    assert.equal(JSON.parse(out).result, 'Both.');
    const told = JSON.stringify((await turns(parts.provider)).at(-1).messages);
    assert.match(told, /one/);
    assert.match(told, /two/);
  },

  async 'a picture from a file'(parts) {
    await parts.provider.script({ calls: [{ name: 'Read', arguments: { file_path: 'dot.png' } }] }, { text: 'A dot.' });
    const { code, out, err } = await said(parts, 'What is in dot.png?', '--output-format', 'json');
    assert.equal(code, 0, err + out);
    assert.equal(JSON.parse(out).result, 'A dot.');
    // It may have been made smaller, so any picture will do.
    const told = JSON.stringify((await turns(parts.provider)).at(-1).messages);
    assert.match(told, /data:image\/png;base64,iVBOR|"media_type":"image\/png","data":"iVBOR/);
  },

  async 'goes on with a conversation'(parts) {
    const { provider } = parts;
    const home = await newHome(parts.dir);
    await provider.script(
      { thinking: 'I shall look.', calls: [{ name: 'Read', arguments: { file_path: 'note.txt' } }] },
      { thinking: 'Red.', text: 'It is red.' }, { text: 'I said red.' });
    const first = await said({ ...parts, home }, 'Read note.txt.', '--output-format', 'json');
    assert.equal(JSON.parse(first.out).result, 'It is red.');
    const { code, out, err } = await said({ ...parts, home }, 'What did you say?', '--continue', '--output-format', 'json');
    assert.equal(code, 0, err + out);
    assert.equal(JSON.parse(out).result, 'I said red.');
    assert.match(JSON.stringify((await turns(provider)).at(-1).messages), /It is red/);
  },

  async 'error of the provider'(parts) {
    await parts.provider.script(...Array(12).fill({ status: 404 }));
    const { code, out } = await said(parts, 'x', '--output-format', 'json');
    assert.notEqual(code, 0);
    assert.equal(JSON.parse(out).is_error, true);
  },

  async 'repeats a broken answer'(parts) {
    await parts.provider.script({ text: 'Half an answer', end: 'error' }, { text: 'A whole answer.' });
    const { code, out, err } = await said(parts, 'x', '--output-format', 'json');
    assert.equal(code, 0, err + out);
    assert.equal(JSON.parse(out).result, 'A whole answer.');
  },

  async cancellation(parts) {
    await parts.provider.script({ text: 'Half an answer', end: 'stall' });
    const { child, done } = await claude(parts, 'x', '--output-format', 'json');
    await until('the provider is asked', 30_000, async () => (await turns(parts.provider)).length > 0);
    child.kill();
    await done;
    assert.equal(await parts.provider.ending(), 'CLIENT_GONE');
  },
};
