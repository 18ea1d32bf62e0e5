// From the start of `landfall run` to its first look: milliseconds until the first request reaches the world.
// node tests/bench/start.ts [--repos N] [--runs N] [--json]
import { parseArgs } from 'node:util';
import { makeHome, startLandfall } from '../support/landfall.ts';
import { openWorld } from '../support/world/open.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string', default: '100' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const names = Array.from({ length: Number(values.repos) }, (_, index) => `org${index % 50}/repo${index}`);
const limitMs = 30_000;
const stepMs = 2;

const world = await openWorld();
for (const name of names) world.github.repo(name, {}).release({ tag: 'v1' });

/** With an empty database: what a newcomer waits for. */
async function firstLookMs(): Promise<number> {
  const watches = names.map((name) => `  - github: ${name}\n`).join('');
  const home = await makeHome(`channels:\n  terminal: { terminal: true }\nwatch:\n${watches}`);
  const before = world.github.api.log.length;
  const began = performance.now();
  const running = startLandfall(['run', ...home.args], { env: { ...world.env, ...world.tokens } });
  const tookMs = await new Promise<number>((resolve, reject) => {
    const timer = setInterval(() => {
      const passed = performance.now() - began;
      if (world.github.api.log.length === before && passed < limitMs) return;
      clearInterval(timer);
      if (world.github.api.log.length > before) resolve(passed);
      else reject(new Error(`no request within ${limitMs} ms: ${running.stderr()}`));
    }, stepMs);
  });
  await running.stop();
  await home.remove();
  return Math.round(tookMs);
}

try {
  const runs: number[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    world.advance(61_000);
    runs.push(await firstLookMs());
  }
  const sorted = runs.toSorted((one, other) => one - other);
  const result = { medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0, worstMs: sorted.at(-1) ?? 0 };
  if (!values.json)
    process.stdout.write(
      `start to first request, ${names.length} repositories, ${runs.length} starts: ${runs.join(', ')} ms\n`,
    );
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await world.close();
}
