// Starts what the clients talk to: the two emulators as providers, and the distribution in front of them.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createWriteStream, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Only what a program needs to run: no key and no address of the user's own.
export const plainEnvironment = Object.fromEntries(
  ['PATH', 'JAVA_HOME', 'LANG', 'TMPDIR'].filter(name => process.env[name]).map(name => [name, process.env[name]]));

// Whatever happens to this process, nothing it started stays.
const children = [];
process.on('exit', () => children.forEach(child => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Starts a program that ends with this process. */
export function run(...spawned) {
  const child = spawn(...spawned);
  children.push(child);
  return child;
}

export async function until(what, limit, condition) {
  const end = Date.now() + limit;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > end) throw new Error(`waited ${limit} ms until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function ended(child) {
  return new Promise(resolve => (child.exitCode ?? child.signalCode) !== null ? resolve() : child.once('exit', resolve));
}

/** A running emulator. `root` is its address without path. */
class Emulator {
  static async start(kind) {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
    const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx128m', '-cp', process.env.LIP_EMULATOR_CLASSPATH];
    const child = run(java, [...options, 'lip.testing.emulator.Main', kind, '--port', '0', '--delay', '1ms'],
      { env: plainEnvironment, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', data => (out += data));
    const url = await until(`the emulator ${kind} listens`, 60_000, () => out.match(/emulator: (http:\S+)/)?.[1]);
    return Object.assign(new Emulator(), { kind, child, url, root: new URL('/', url) });
  }

  async control(method, path, body) {
    const response = await fetch(new URL(`emulator/${path}`, this.root),
      { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    if (!response.ok) throw new Error(`emulator: ${await response.text()}`);
    return response.json();
  }

  /** The next answers, one object each; see docs/emulator.md. */
  script(...answers) { return this.control('POST', 'scripts', answers); }
  reset() { return this.control('POST', 'reset'); }

  /** Bodies of the requests for an answer so far. */
  async bodies() {
    const exchanges = await this.control('GET', 'exchanges');
    return exchanges.filter(exchange => exchange.method === 'POST').map(exchange => JSON.parse(exchange.body));
  }

  /** How the last answer ended; waits for it. */
  async ending() { return (await this.control('GET', 'ending')).ending; }

  async stop() {
    this.child.kill();
    await ended(this.child);
  }
}

/** Both emulators and an instance with them as the backends `chat` and `messages`. */
export async function start(clients) {
  const dir = await mkdtemp(join(tmpdir(), 'lip-clients-'));
  const emulators = { chat: await Emulator.start('chat'), messages: await Emulator.start('messages') };
  for (const folder of ['config', 'plugins', 'data', 'logs']) await mkdir(join(dir, folder));
  await writeFile(join(dir, 'config', 'lip.server.cfg'), 'address = 127.0.0.1:0\n');
  await writeFile(join(dir, 'config', 'lip.admin.cfg'), 'address = 127.0.0.1:0\n');
  const backends = { chat: 'lip.backend.openai.legacy', messages: 'lip.backend.anthropic' };
  const ids = [];
  for (const [kind, pid] of Object.entries(backends)) {
    // A refused or limited key rests, so each such test has a backend of its own.
    const own = clients.flatMap(client => ['401', '429'].map(status => `${kind}${status}${client}`));
    for (const id of [kind, ...own]) {
      ids.push(id);
      await writeFile(join(dir, 'config', `${pid}~${id}.cfg`),
        `base.url = ${emulators[kind].url}\napi.keys = env:UPSTREAM_KEY\n`);
    }
  }
  const lip = run(join(process.env.LIP_DIST, 'bin', 'lip'), ['run', '--dir', dir],
    { env: { ...plainEnvironment, UPSTREAM_KEY: 'a-key-for-nobody' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(dir, 'output'));
  lip.stdout.pipe(log, { end: false });
  lip.stderr.pipe(log, { end: false });
  const listeners = join(dir, 'data', 'listeners.properties');
  const base = await until('the instance listens', 120_000, async () => {
    if (lip.exitCode !== null) throw new Error(await readFile(join(dir, 'output'), 'utf8'));
    const port = existsSync(listeners) && (await readFile(listeners, 'utf8')).match(/^data=.*:(\d+)/m)?.[1];
    return port > 0 && `http://127.0.0.1:${port}`;
  });
  await until('the backends are there', 30_000, async () => {
    const models = await (await fetch(`${base}/v1/models`)).text();
    return ['chat', 'messages'].every(id => models.includes(`${id}:echo`));
  });
  return {
    base, dir, emulators,
    async stop(keep) {
      lip.kill();
      await ended(lip);
      await Promise.all(Object.values(emulators).map(emulator => emulator.stop()));
      if (!keep) await rm(dir, { recursive: true, force: true });
    },
  };
}
