// Every scenario with every client and every kind of provider; the last line counts the cells.
import { aiSdks } from './aisdk.mjs';
import { anthropic } from './anthropic.mjs';
import { claudeCode } from './claude.mjs';
import { openai } from './openai.mjs';
import { scenarios } from './scenarios.mjs';
import { start } from './setup.mjs';

// A word of each: client, kind of provider or scenario; none = all.
const only = process.argv.slice(2);
const sdks = [openai, anthropic, ...aiSdks];
const limit = 60_000;
const results = [];

async function cell(name, kind, scenario, lack, run) {
  if (!only.every(word => [name, kind].includes(word) || scenario.includes(word))) return;
  let verdict = 'green', why = '';
  if (lack) {
    verdict = 'skipped';
    why = lack;
  } else {
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not done after ${limit} ms`)), limit)));
    try {
      await Promise.race([run(), late]);
    } catch (error) {
      verdict = 'RED';
      why = `${error?.stack ?? error}${error?.cause ? `\n${error.cause}` : ''}`;
    } finally {
      clearTimeout(timer);
    }
  }
  results.push(verdict);
  console.log(`${verdict.padEnd(8)} ${name} on ${kind}: ${scenario}${why && (verdict === 'RED' ? `\n${why}` : ` (${why})`)}`);
}

const parts = await start(sdks.map(client => client.name.replaceAll('-', '')));
try {
  for (const client of sdks) {
    client.open(parts.base);
    for (const [kind, provider] of Object.entries(parts.emulators)) {
      for (const [scenario, run] of Object.entries(scenarios)) {
        await provider.reset();
        await cell(client.name, kind, scenario, client.lacks[scenario], () => run({ client, provider, kind, backend: kind }));
      }
    }
  }
  for (const [kind, provider] of Object.entries(parts.emulators)) {
    for (const [scenario, run] of Object.entries(claudeCode)) {
      await provider.reset();
      await cell('claude-code', kind, scenario, undefined, () => run({ ...parts, provider, kind, backend: kind }));
    }
  }
} finally {
  const red = results.includes('RED');
  await parts.stop(red);
  if (red) console.log(`log of the instance: ${parts.dir}`);
}
const count = verdict => results.filter(result => result === verdict).length;
console.log(`cells ${results.length}, green ${count('green')}, skipped ${count('skipped')}, red ${count('RED')}`);
process.exit(count('RED') > 0 || results.length === 0 ? 1 : 0);
