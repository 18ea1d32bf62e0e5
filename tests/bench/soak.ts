// Hundreds of kills while every form of delivery is owed, in both languages: how much is lost, how much told twice (lists by line).
// node tests/bench/soak.ts [--kills N] [--json]; exits with 1 when a promise is broken.
import { parseArgs } from 'node:util';
import { killAgainAndAgain } from '../support/e2e/killing.ts';
import { openPlace } from '../support/e2e/place.ts';
import { addCounts, type Counts, openScene } from './soak-scene.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '300' }, json: { type: 'boolean', default: false } },
});
const wanted = Number(values.kills);
const killsPerRound = 30;
/** So many requests that a round is mostly over before its kills are. */
const mostRequests = 80;

interface Result {
  readonly kills: number;
  readonly rounds: number;
  /** Rounds in which something was still owed, or stood in another order, in the end. */
  readonly unfinished: number;
  readonly bot: Counts;
  readonly webhook: Counts;
}

async function round(kills: number): Promise<Result> {
  const place = await openPlace();
  try {
    const scene = await openScene(place);
    const { service } = place.world.discord;
    service.latency(12);
    const killed = await killAgainAndAgain(scene.start, service.server, kills, mostRequests);
    const { code, owed } = await scene.finish();
    const finished = code === 0 && owed === 0 && scene.inOrder() && place.world.unexpected().length === 0;
    return {
      kills: killed,
      rounds: 1,
      unfinished: finished ? 0 : 1,
      bot: scene.byBot(),
      webhook: scene.byWebhook(),
    };
  } finally {
    await place.close();
  }
}

function sum(counts: Counts, what: 'lost' | 'doubled'): number {
  return [...counts.values()].reduce((all, count) => all + count[what], 0);
}

let total: Result = { kills: 0, rounds: 0, unfinished: 0, bot: new Map(), webhook: new Map() };
while (total.kills < wanted) {
  const one = await round(Math.min(killsPerRound, wanted - total.kills));
  total = {
    kills: total.kills + one.kills,
    rounds: total.rounds + one.rounds,
    unfinished: total.unfinished + one.unfinished,
    bot: addCounts(total.bot, one.bot),
    webhook: addCounts(total.webhook, one.webhook),
  };
  if (!values.json) process.stderr.write(`${total.kills} kills\r`);
}

const ways = [
  ['bot', total.bot],
  ['webhook', total.webhook],
] as const;
if (values.json) {
  const counts = Object.fromEntries(ways.map(([way, forms]) => [way, Object.fromEntries(forms)]));
  console.log(JSON.stringify({ ...total, ...counts }));
} else {
  console.log(`${total.kills} kills in ${total.rounds} rounds, ${total.unfinished} unfinished`);
  for (const [way, forms] of ways) {
    const doubt = way === 'webhook' ? ' (each a doubtful case, sent again)' : '';
    console.log(`${way}: ${sum(forms, 'lost')} lost, ${sum(forms, 'doubled')} doubled${doubt}`);
    for (const [form, { expected, lost, doubled }] of forms)
      console.log(`  ${form.padEnd(30)} ${String(expected).padStart(6)} owed, ${lost} lost, ${doubled} doubled`);
  }
}
const broken = sum(total.bot, 'lost') + sum(total.bot, 'doubled') + sum(total.webhook, 'lost') + total.unfinished;
process.exitCode = broken === 0 ? 0 : 1;
