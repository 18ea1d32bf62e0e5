// One warm look at N repositories on loopback, by the built `landfall once`: requests, points, time, memory. `--moved`: so many of
// them, spread over all, have a new release and new words in their licence; else none has changed.
// node tests/bench/look.ts [--repos N] [--moved N] [--rest] [--answer MS] [--runs N] [--json]
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { landfall, makeHome } from '../support/landfall.ts';
import { openWorld } from '../support/world/open.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string', default: '1000' },
    moved: { type: 'string', default: '0' },
    rest: { type: 'boolean', default: false },
    answer: { type: 'string', default: '60' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const repos = Number(values.repos);
const moved = Number(values.moved);

/** Runs inside the child: what the system has counted for it when it ends. */
const meter = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.METER, JSON.stringify(process.resourceUsage())));`;

interface Figures {
  readonly requests: number;
  readonly points: number;
  readonly wallMs: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

function median(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
}

const world = await openWorld();
const names = Array.from({ length: repos }, (_, index) => `org${index % 50}/repo${index}`);
const handles = names.map((name) => {
  const repo = world.github.repo(name, {});
  for (let number = 1; number <= 3; number += 1) repo.release({ tag: `v1.${number}` });
  return repo;
});
world.github.warm();
const home = await makeHome(
  `channels:\n  terminal: { terminal: true }\nwatch:\n${names.map((name) => `  - github: ${name}\n`).join('')}`,
);
const meterFile = join(home.dir, 'meter.json');
const tokens = values.rest
  ? { GITHUB_TOKEN: world.tokens.GITHUB_TOKEN, GITHUB_GRAPHQL_URL: `${world.env.GITHUB_API_URL}/none` }
  : world.tokens;
const env = { ...world.env, ...tokens, METER: meterFile };

async function look(): Promise<Figures> {
  const before = world.github.api.log.length;
  const spent = world.github.graphql.queries.length;
  const ran = await landfall(['once', '--json', ...home.args], {
    env,
    timeoutMs: 300_000,
    nodeFlags: ['--import', `data:text/javascript,${encodeURIComponent(meter)}`],
  });
  if (ran.code !== 0) throw new Error(`landfall once ended with ${ran.code}: ${ran.stderr}${ran.stdout.slice(-500)}`);
  const usage = JSON.parse(await readFile(meterFile, 'utf8')) as NodeJS.ResourceUsage;
  const points = world.github.graphql.queries.slice(spent).reduce((sum, query) => sum + query.cost.points, 0);
  return {
    requests: world.github.api.log.length - before,
    points,
    wallMs: Math.round(ran.tookMs),
    cpuSeconds: Math.round((usage.userCPUTime + usage.systemCPUTime) / 10_000) / 100,
    peakMiB: Math.round(usage.maxRSS / 102.4) / 10,
  };
}

function move(run: number): void {
  for (let index = 0; index < moved; index += 1) {
    const repo = handles[Math.floor((index * repos) / moved)];
    repo?.licence({ spdx: 'MIT', name: 'MIT License', text: `The words of run ${run}.` });
    repo?.release({ tag: `v2.${run}`, body: `What run ${run} brings.` });
  }
}

try {
  // First looks by REST are more requests than a minute allows: what is left over is looked at in the next minute.
  for (let minute = 0; minute < (values.rest ? 3 : 0); minute += 1) {
    await landfall(['once', '--json', ...home.args], { env, timeoutMs: 300_000 });
    world.advance(61_000);
  }
  await look();
  world.latency(Number(values.answer));
  const runs: Figures[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    // The window of the secondary limits is a minute; a run of the benchmark is not what they are there for.
    world.advance(61_000);
    move(run);
    runs.push(await look());
  }
  const of = (name: keyof Figures): number => median(runs.map((figures) => figures[name]));
  const result: Figures = {
    requests: of('requests'),
    points: of('points'),
    wallMs: of('wallMs'),
    cpuSeconds: of('cpuSeconds'),
    peakMiB: of('peakMiB'),
  };
  if (!values.json) {
    process.stdout.write(
      `one warm look at ${repos} repositories, ${moved} of them moved, ${values.answer} ms per answer, median of ${runs.length}\n`,
    );
    for (const [name, value] of Object.entries(result)) process.stdout.write(`  ${name.padEnd(12)} ${value}\n`);
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await home.remove();
  await world.close();
}
