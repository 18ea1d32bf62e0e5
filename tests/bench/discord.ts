// How much of Discord's permitted rate a burst of alerts uses: `node tests/bench/discord.ts [--json]`.
import { parseArgs } from 'node:util';
import { type BurstResult, burst } from './discord-burst.ts';
import { burstByCommand } from './discord-command.ts';

const USAGE = `usage: npm run bench:discord -- [--json] [--each N]

  --json     end with one JSON document on one line
  --each N   alerts for each of 50 channels in the long run (default 200)`;

function row({
  channels,
  messages,
  arrived,
  doubled,
  inOrder,
  seconds,
  permittedSeconds,
  share,
  invalid,
}: BurstResult): string {
  const cells = [
    channels,
    messages,
    arrived,
    doubled,
    inOrder ? 'yes' : 'NO',
    permittedSeconds.toFixed(1),
    seconds.toFixed(1),
    `${(share * 100).toFixed(1)} %`,
    invalid,
  ];
  return cells.map((cell) => String(cell).padStart(10)).join('');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, each: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const each = Number(values.each ?? 200);
  const byCommand = await burstByCommand({ channels: 50, messagesEach: 20, latency: [60, 60] });
  let nowMs = Date.now();
  // The REST client's limiter reads this clock.
  Date.now = () => nowMs;
  const set = (ms: number): void => {
    nowMs = ms;
  };
  console.log(
    ['channels', 'owed', 'arrived', 'doubled', 'in order', 'permitted', 'took (s)', 'share', 'invalid']
      .map((title) => title.padStart(10))
      .join(''),
  );
  const results: BurstResult[] = [byCommand];
  console.log(`${row(byCommand)}  by the built command in real time, 60 ms per answer`);
  for (const [channels, messagesEach, latency] of [
    [1, 1_000, [80, 100]],
    [50, 20, [80, 100]],
    [50, 20, [60, 140]],
    [50, each, [60, 140]],
  ] as const) {
    const result = await burst({ channels, messagesEach, latency }, set);
    results.push(result);
    console.log(`${row(result)}  on a clock of its own, ${latency.join('–')} ms per answer`);
  }
  if (values.json === true) console.log(JSON.stringify({ bursts: results }));
  const clean = results.every(
    (one) => one.arrived === one.messages && one.doubled === 0 && one.inOrder && one.invalid <= 1,
  );
  const reached = results.filter((one) => one.share >= 0.95).length;
  console.log(
    `${clean ? 'nothing lost, doubled, refused or out of order' : 'NOT CLEAN'}; 95 % of the permitted rate in ${reached} of ${results.length}`,
  );
  return clean ? 0 : 1;
}

process.exitCode = await main();
