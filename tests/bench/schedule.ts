// How much sooner the schedule sees releases than equal looks would: `node tests/bench/schedule.ts --traces FILE [--json]`.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Comparison, compare, type FleetResult, fleet, type HotResult, hotLane } from './schedule-scenes.ts';
import { type Delay, readTraces, windowOf } from './schedule-traces.ts';

const USAGE = `usage: npm run bench:schedule -- --traces FILE [--repos N] [--pools N] [--points N] [--days N] [--hot N] [--seeds N] [--json]

  --traces FILE   CSV with the columns repo, kind, name, time_utc
  --repos N       also simulate a fleet of N repositories made of the traces
  --pools N       spread the fleet over N installations of a GitHub App, each with its own points (default 1: one token)
  --points N      queries per hour for the fleet's main lane on average (default 1350, 27 % of GitHub's limit; 60 more for the hot lane)
  --days N        length of the fleet's simulation (default 7)
  --hot N         also measure N sources in the hot lane
  --seeds N       runs over the traces to average (default 4)
  --json          end with one JSON document on one line`;

function line(label: string, { mean, median, p95 }: Delay, unit: string, scale = 1, digits = 1): string {
  const cell = (x: number): string => `${(x * scale).toFixed(digits)}${unit}`.padStart(12);
  return `${label.padEnd(34)}${cell(mean)}${cell(median)}${cell(p95)}`;
}

const HEAD = `${''.padEnd(34)}${['mean', 'median', 'p95'].map((x) => x.padStart(12)).join('')}`;

function aboutTraces(title: string, c: Comparison): readonly string[] {
  return [
    '',
    title,
    HEAD,
    line('uniform, hourly', c.uniform, ' min'),
    line('adaptive', c.adaptive, ' min'),
    line('adaptive / uniform', c.ratio, '', 1, 3),
    `adaptive / best fixed rates in hindsight: ${c.overBound.toFixed(3)}`,
    `looks per hour ${c.looksPerHour.toFixed(1)} (busiest ${c.peakHour}), longest gap ${c.longestGapHours.toFixed(1)} h, ${c.microsPerLook.toFixed(1)} µs a look`,
  ];
}

function aboutFleet(f: FleetResult): readonly string[] {
  return [
    '',
    `${f.repos} repositories${f.pools === 1 ? '' : ` over ${f.pools} installations (at most ${f.largestPool} each)`}, ${f.days} days, ${f.releases} releases`,
    HEAD,
    line('uniform', f.uniform, ' s', 60, 0),
    line('adaptive', f.adaptive, ' s', 60, 0),
    line('adaptive / uniform', f.ratio, '', 1, 3),
    `points in the busiest hour ${f.pointsInBusiestHour}, looks per hour ${f.looksPerHour.toFixed(0)}, longest gap ${f.longestGapMinutes.toFixed(1)} min, ${f.microsPerLook.toFixed(1)} µs a look`,
  ];
}

function aboutHot(h: HotResult): readonly string[] {
  return [
    '',
    `hot lane, ${h.sources} sources`,
    HEAD,
    line('delay', h, ' s', 60, 0),
    `points in the busiest hour ${h.pointsInBusiestHour} (both lanes)`,
  ];
}

function main(): number {
  const { values } = parseArgs({
    options: {
      traces: { type: 'string' },
      repos: { type: 'string' },
      pools: { type: 'string', default: '1' },
      points: { type: 'string', default: '1350' },
      days: { type: 'string', default: '7' },
      hot: { type: 'string' },
      seeds: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
    },
  });
  const [points, days, seeds, pools] = [values.points, values.days, values.seeds, values.pools].map(Number);
  const counts = [points, days, seeds, pools, Number(values.repos ?? 1), Number(values.hot ?? 1)];
  if (
    (values.traces === undefined && values.hot === undefined) ||
    counts.some((n) => n === undefined || !Number.isInteger(n) || n < 1)
  ) {
    console.error(USAGE);
    return 2;
  }
  const lines: string[] = [];
  const result: Record<string, unknown> = {};
  if (values.traces !== undefined) {
    const traces = readTraces(readFileSync(values.traces, 'utf8'));
    const window = windowOf(traces);
    const span = [window.from, window.scoredFrom, window.to]
      .map((at) => new Date(at).toISOString().slice(0, 10))
      .join(' .. ');
    lines.push(`${traces.length} repositories, ${span}: the first year teaches, the second is scored`);
    const list = Array.from({ length: seeds ?? 1 }, (_, i) => i + 1);
    const week = compare(traces, window, 2, list);
    const hour = compare(traces, window, 1, list);
    lines.push(...aboutTraces('as many looks as uniform over the year, up to twice as many in a busy hour', week));
    lines.push(...aboutTraces('as many looks as uniform in every single hour', hour));
    Object.assign(result, week, { everyHour: hour });
    if (values.repos !== undefined) {
      const big = fleet(traces, window, {
        repos: Number(values.repos),
        pools: pools ?? 1,
        points: points ?? 0,
        days: days ?? 0,
        seed: 1,
      });
      lines.push(...aboutFleet(big));
      result.fleet = big;
    }
  }
  if (values.hot !== undefined) {
    const hot = hotLane(Number(values.hot), 1);
    lines.push(...aboutHot(hot));
    result.hot = hot;
  }
  console.log(lines.join('\n').trim());
  if (values.json) console.log(JSON.stringify(result));
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // What parseArgs does not know is wrong usage.
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
