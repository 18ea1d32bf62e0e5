// `landfall run` over a fleet of repositories for some minutes: peak memory, passes, and what the scheduler costs per look.
// node tests/bench/fleet.ts [--repos N] [--seconds N] [--json]
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { survey } from '../../src/scheduler/policy/crowd.ts';
import { nextDue } from '../../src/scheduler/policy/interval.ts';
import { freshPace, learn } from '../../src/scheduler/policy/pace.ts';
import { makeHome, startLandfall } from '../support/landfall.ts';
import { openWorld } from '../support/world/open.ts';

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
  const of = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 102.4) / 10;
  return { nowMiB: of('VmRSS'), peakMiB: of('VmHWM') };
}

/** Microseconds that the schedule thinks about one look, and milliseconds of its hourly survey of the whole fleet. */
function scheduleCost(): { readonly perLookMicroseconds: number; readonly surveyMs: number } {
  const now = Date.now();
  const stake = { weight: 1, floorMs: 30_000, promise: null, reportedAt: null };
  const members = names.map(() => ({ pace: freshPace(now), stake }));
  const means = { looksPerHour: 100_000, wholeWeek: false };
  const began = performance.now();
  const scene = { crowd: survey(members, means, now), means, hotLane: true };
  const surveyed = performance.now();
  const finding = { kind: 'answered' as const, restMs: null, releases: [] };
  for (const { pace } of members) nextDue({ pace: learn(pace, finding, now), stake, scene }, finding, now, 0.5);
  const perLook = ((performance.now() - surveyed) * 1000) / members.length;
  return { perLookMicroseconds: Math.round(perLook * 10) / 10, surveyMs: Math.round(surveyed - began) };
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
    if (!values.json)
      process.stderr.write(
        `${nowMiB} MiB now, ${peakMiB} MiB at most, ${world.github.graphql.queries.length - before} queries\n`,
      );
  }
  const { peakMiB } = await memoryOf(running.pid);
  const queries = world.github.graphql.queries.length - before;
  const ended = await running.stop();
  const result = { repos: count, peakMiB, queries, exit: ended.code, ...scheduleCost() };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await home.remove();
  await world.close();
}
