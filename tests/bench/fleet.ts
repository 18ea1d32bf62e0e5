// `landfall run` over a fleet of repositories for some minutes: peak memory, passes, and what the scheduler costs per look.
// node tests/bench/fleet.ts [--repos N] [--seconds N] [--json]
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { makeHome, startLandfall } from '../support/landfall.ts';
import { openWorld } from '../support/world/open.ts';
import { scheduleCost } from './fleet-schedule.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '120' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.repos);
const names = Array.from({ length: count }, (_, index) => `org${index % 200}/repo${index}`);

/** What the system has counted for a process, in MiB: now, and at its highest. Linux only. */
async function memoryOf(pid: number): Promise<{ readonly nowMiB: number; readonly peakMiB: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 102.4) / 10;
  return { nowMiB: of('VmRSS'), peakMiB: of('VmHWM') };
}

const world = await openWorld();
for (const name of names) world.github.repo(name, {}).release({ tag: 'v1' });
const watches = names.map((name) => `  - github: ${name}\n`).join('');
const home = await makeHome(`channels:\n  terminal: { terminal: true }\nwatch:\n${watches}`);
try {
  const before = world.github.graphql.queries.length;
  const running = startLandfall(['run', ...home.args], { env: { ...world.env, ...world.tokens } });
  const end = performance.now() + Number(values.seconds) * 1000;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    // The simulated host counts a minute's requests on a clock of its own.
    world.advance(5_000);
    const { nowMiB, peakMiB } = await memoryOf(running.pid);
    if (!values.json) process.stderr.write(`${nowMiB} MiB now, ${peakMiB} MiB at most, ${world.github.graphql.queries.length - before} queries\n`);
  }
  const { peakMiB } = await memoryOf(running.pid);
  const queries = world.github.graphql.queries.length - before;
  const ended = await running.stop();
  const result = { repos: count, peakMiB, queries, exit: ended.code, schedulerMicroseconds: scheduleCost(count) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await home.remove();
  await world.close();
}
