// Hundreds of kills while cards, edits, replies and groups are owed by bot and by webhook: how much is lost, how much told twice.
// node tests/bench/soak.ts [--kills N] [--json]; exits with 1 when a promise is broken.
import { parseArgs } from 'node:util';
import { killAgainAndAgain } from '../e2e/killing.ts';
import { openPlace, type Place, textOf } from '../e2e/place.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '300' }, json: { type: 'boolean', default: false } },
});
const wanted = Number(values.kills);
const killsPerRound = 30;
const repos = Array.from({ length: 6 }, (_, n) => `acme/repo${n}`);
const entries = Array.from({ length: 20 }, (_, n) => `entry ${n} of a feed`);
const articles = Array.from({ length: 25 }, (_, n) => `article ${n} of a flood`);

interface Count {
  readonly lost: number;
  readonly doubled: number;
}

/** What a channel has of each thing that is expected once; a page that is told twice counts once, not by what it names. */
function countIn(texts: readonly string[]): Count {
  const times = [
    ...entries.map((entry) => texts.filter((text) => text.startsWith(`${entry}\n`)).length),
    ...articles.map((article) => texts.filter((text) => text.includes(`**${article}**`)).length),
    ...repos.map((repo) => texts.filter((text) => text.startsWith(`${repo}\n`) && /apache-2\.0/i.test(text)).length),
    ...repos.map((repo) => texts.filter((text) => text.includes(`**${repo}**: licence changed`)).length),
  ];
  const pages = texts.filter((text) => text.includes('/flood.xml'));
  const repeated = pages.length - new Set(pages.map((text) => text.split('\n', 1)[0])).size;
  const others = times.filter((_, n) => n < entries.length || n >= entries.length + articles.length);
  return {
    lost: times.filter((count) => count === 0).length,
    doubled: repeated + others.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
  };
}

async function owe({ world, once, configure }: Place, env: Readonly<Record<string, string>>): Promise<void> {
  const { github, web, now } = world;
  const feed = web.feed('/feed.xml', { entries: [] });
  const flood = web.feed('/flood.xml', { entries: [] });
  const list = [...repos.map((repo) => `- github: ${repo}`), `- feed: ${feed.url}`, `- feed: ${flood.url}`].join('\n');
  await configure(list, `  hooked: { discord: { webhook: "\${HOOK}" } }\n`);
  await once({ env });
  for (const repo of repos) github.repo(repo, { licence: { spdx: 'MIT' } });
  await once({ env });
  for (const repo of repos) github.repo(repo).licence({ spdx: 'Apache-2.0' });
  for (const [n, title] of entries.entries())
    feed.add({ title, link: `https://lab.example/e${n}`, published: now() - 1e6 + n * 1000 });
  for (const [n, title] of articles.entries())
    flood.add({ title, link: `https://lab.example/a${n}`, published: now() - 1e6 + n * 1000 });
}

async function round(kills: number): Promise<{ readonly kills: number; readonly bot: Count; readonly webhook: Count }> {
  const place = await openPlace();
  try {
    const { discord } = place.world;
    const webhook = discord.webhook();
    const env = { HOOK: webhook.url };
    await owe(place, env);
    discord.service.latency(12);
    const killed = await killAgainAndAgain(() => place.start('once --json', { env }), discord.service.server, kills);
    await place.once({ env });
    return {
      kills: killed,
      bot: countIn(place.channel.messages().map(textOf)),
      webhook: countIn(webhook.messages().map(textOf)),
    };
  } finally {
    await place.close();
  }
}

const total = { kills: 0, rounds: 0, bot: { lost: 0, doubled: 0 }, webhook: { lost: 0, doubled: 0 } };
while (total.kills < wanted) {
  const one = await round(Math.min(killsPerRound, wanted - total.kills));
  total.kills += one.kills;
  total.rounds += 1;
  for (const way of ['bot', 'webhook'] as const) {
    total[way].lost += one[way].lost;
    total[way].doubled += one[way].doubled;
  }
  if (!values.json) process.stderr.write(`${total.kills} kills\r`);
}
if (values.json) console.log(JSON.stringify(total));
else {
  console.log(`${total.kills} kills in ${total.rounds} rounds`);
  console.log(`bot:     ${total.bot.lost} lost, ${total.bot.doubled} doubled`);
  console.log(
    `webhook: ${total.webhook.lost} lost, ${total.webhook.doubled} doubled (each a doubtful case, sent again)`,
  );
}
process.exitCode = total.bot.lost + total.bot.doubled + total.webhook.lost === 0 ? 0 : 1;
