// A simulated day of faults, kills, stops and steps of the clock: how much is lost, doubled or out of order, and what grows.
// node tests/bench/soak-faults.ts [--hours N] [--kills N] [--targets N] [--database sqlite|postgres] [--seed N]
// [--round MS] [--minutes N] [--json]
import { parseArgs } from 'node:util';
import { embedded, openServer } from '../support/soak/databases.ts';
import { type SoakResult, soak } from '../support/soak/soak.ts';

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    kills: { type: 'string', default: '200' },
    targets: { type: 'string', default: '300' },
    database: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    round: { type: 'string', default: '1500' },
    minutes: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** Memory is flat when what the fit gains is no more than this, or than what single samples stray from it anyway. */
const growthMiB = 8;
const handlesMore = 10;

function broken(result: SoakResult): readonly string[] {
  const { memory, handles } = result;
  const found: readonly (readonly [boolean, string])[] = [
    [result.lost.length > 0, 'lost'],
    [result.doubledByBot.length > 0, 'doubled by bot'],
    [result.outOfOrder.length > 0, 'out of order'],
    [result.overdrawn > 0, 'a quota overdrawn'],
    [result.badEnds > 0 || result.deaths.length > 0, 'ends that nobody asked for'],
    [memory.to - memory.from > Math.max(growthMiB, 2 * memory.stray), 'memory grows'],
    [handles.to - handles.from > handlesMore, 'handles grow'],
    [result.unexpected.length > 0, 'requests that no route knows'],
  ];
  return found.filter(([is]) => is).map(([, what]) => what);
}

async function run(name: string): Promise<boolean> {
  const database = name === 'sqlite' ? embedded() : await openServer(3);
  try {
    const began = performance.now();
    const result = await soak(database, {
      hours: Number(values.hours),
      kills: Number(values.kills),
      targets: Number(values.targets),
      seed: Number(values.seed),
      faults: 0.2,
      roundMs: Number(values.round),
      ...(values.minutes === undefined ? {} : { withinMs: Number(values.minutes) * 60_000 }),
      say: (text) => process.stderr.write(`${text}\n`),
    });
    const what = broken(result);
    if (values.json) console.log(JSON.stringify({ database: name, seed: values.seed, ...result, broken: what }));
    else {
      const count = Object.values(result.faults).reduce((sum, one) => sum + one, 0);
      console.log(
        `${name}: ${result.hours.toFixed(1)} simulated hours in ${((performance.now() - began) / 60_000).toFixed(1)} minutes, ${result.rounds} rounds, seed ${values.seed}
  ${result.kills} kills, ${result.terms} SIGTERM (${result.badEnds} ended late or badly), ${result.stops} SIGSTOP, ${result.clockSteps} steps of a clock, ${result.restarts} restarts of the database, ${count} faults
  ${result.owed} owed: ${result.lost.length} lost, ${result.doubledByBot.length} doubled by bot, ${result.doubledByWebhook} sent again by webhook, ${result.outOfOrder.length} out of order
  quotas overdrawn ${result.overdrawn} times, at most ${result.githubPerHour} requests to GitHub in an hour, ${result.discordRefusals} refusals by Discord's limits
  memory ${result.memory.from.toFixed(0)} → ${result.memory.to.toFixed(0)} MiB (samples stray by ${result.memory.stray.toFixed(1)}), handles ${result.handles.from} → ${result.handles.to}
  ${what.length === 0 ? 'nothing broken' : `broken: ${what.join(', ')}`}`,
      );
      const details = [
        ...result.lost,
        ...result.doubledByBot,
        ...result.outOfOrder,
        ...result.deaths,
        ...result.unexpected,
      ];
      for (const line of details.slice(0, 40)) console.log(`    ${line}`);
    }
    return what.length === 0;
  } finally {
    await database.close();
  }
}

const names = values.database === undefined ? ['sqlite', 'postgres'] : [values.database];
let good = true;
for (const name of names) good = (await run(name)) && good;
process.exitCode = good ? 0 : 1;
