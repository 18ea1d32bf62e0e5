// What comes in becomes stories: many observations folded pass by pass, then single news at as many stories.
// node tests/bench/fold.ts [--observations N] [--stories N] [--json]
import { parseArgs } from 'node:util';
import { assemble } from '../../src/app/open-worker.ts';
import { compose, type FreshLook } from '../../src/pipeline/compose.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { newTargetRow } from '../../src/store/targets.ts';
import type { Observation } from '../../src/types/core.ts';
import { composeContext } from '../../src/worker/context.ts';
import { fresh, seen, watch } from '../support/pipeline.ts';
import { configOf } from '../support/walk/config.ts';

const { values } = parseArgs({
  options: {
    observations: { type: 'string', default: '100000' },
    stories: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
  },
});
const observations = Number(values.observations);
const stories = Number(values.stories);
const perPass = 500;
const singles = 200;
const startMs = Date.parse('2026-01-01T00:00:00.000Z');
const families = [
  ['xai-org', 'grok'],
  ['meta-llama', 'Llama'],
  ['mistralai', 'Mistral'],
  ['google', 'gemma'],
  ['Qwen', 'Qwen'],
  ['deepseek-ai', 'DeepSeek-V'],
  ['tiiuae', 'Falcon'],
  ['microsoft', 'phi'],
  ['openai', 'gpt-oss'],
  ['nvidia', 'Nemotron'],
] as const;

/** Every tenth story is a model of a lab, told of by its account and by the news; the others are releases of software. */
function observed(number: number, targetId: string, at: string): Observation {
  const story = number % stories;
  const round = Math.floor(number / stories);
  const [owner, family] = families[story % families.length] ?? families[0];
  const version = Math.floor(story / 10) / 10;
  const over = { targetId, fingerprint: `${number}`, publishedAt: at };
  if (story % 10 !== 0) {
    const about = `github:org${story % 97}/tool${story}@v${round}`;
    return seen(`release:v${number}`, {
      ...over,
      about: round === 0 ? about : `github:org${story % 97}/tool${story}@v0`,
      title: `v${round}`,
    });
  }
  const model = `${owner}/${family}-${version}`;
  if (round % 2 === 0)
    return seen(`model:${number}`, {
      ...over,
      kind: 'model',
      about: `huggingface:${model}`,
      title: model,
      url: `https://huggingface.co/${model}`,
      facts: { files: 2, bytes: 2e9 },
    });
  const title = `${family} ${version} is open: the weights are on Hugging Face`;
  return seen(`entry:${number}`, {
    ...over,
    kind: 'entry',
    about: `link:https://news.example/${number}`,
    title,
    url: `https://news.example/${number}`,
  });
}

const db = await openSqlite(':memory:');
await migrate(db, migrations);
const config = configOf([{ of: 'bench' }], ['news']);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let nowMs = startMs;
const worker = assemble(config, db, {
  sources: new Map(),
  outboxTargets: [],
  now: () => nowMs,
  log: quiet,
  keep: null,
});
const context = composeContext(worker);

async function fold(
  name: string,
  numbers: readonly number[],
): Promise<{ readonly composeMs: number; readonly writeMs: number }> {
  nowMs += 60_000;
  const now = new Date(nowMs).toISOString();
  const target = { id: `answers:${name}`, source: 'answers', address: name, shape: null };
  const row = newTargetRow(target, 'answers', now, new Date(startMs).toISOString());
  const look: FreshLook = {
    row,
    result: fresh(numbers.map((number) => observed(number, target.id, now))),
    watches: [watch({ id: `file:${name}`, targetId: target.id, to: ['news'] })],
  };
  const began = performance.now();
  const { statements } = await compose(db, [look], context(now));
  const composed = performance.now();
  if ((await db.batch(statements)) !== 'done') throw new Error('the batch conflicted');
  return { composeMs: composed - began, writeMs: performance.now() - composed };
}

let composeMs = 0;
let writeMs = 0;
for (let start = 0; start < observations; start += perPass) {
  const numbers = Array.from({ length: Math.min(perPass, observations - start) }, (_, index) => start + index);
  const took = await fold(`t${start}`, numbers);
  composeMs += took.composeMs;
  writeMs += took.writeMs;
}
const times: number[] = [];
for (let index = 0; index < singles; index += 1) {
  const took = await fold(`s${index}`, [observations + ((index * 37) % stories)]);
  times.push(took.composeMs);
}
const sorted = times.toSorted((one, other) => one - other);
const [counted] = await db.all('SELECT COUNT(*) AS stories FROM stories');
const hundredths = (ms: number): number => Math.round(ms * 100) / 100;
const result = {
  observations,
  stories: counted?.stories ?? 0,
  composeMs: Math.round(composeMs),
  writeMs: Math.round(writeMs),
  singleMedianMs: hundredths(sorted[Math.floor(singles / 2)] ?? 0),
  singleP95Ms: hundredths(sorted[Math.floor(singles * 0.95)] ?? 0),
  peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
};
if (!values.json)
  for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(16)} ${value}\n`);
process.stdout.write(`${JSON.stringify(result)}\n`);
await db.close();
