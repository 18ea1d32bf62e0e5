// SIGKILL in the middle of telling, again and again: by bot each message once, by webhook none lost.
import { expect, it } from 'vitest';
import { startLandfall } from '../support/landfall.ts';
import { killAgainAndAgain } from './killing.ts';
import { placeFor } from './place.ts';

const watches = 4;
const each = 10;

it('tells forty owed alerts, killed at some twenty random moments', { timeout: 120_000 }, async (test) => {
  const place = await placeFor(test);
  const { web, discord, now } = place.world;
  const webhook = discord.webhook();
  const env = { ...place.env, HOOK: webhook.url };
  const feeds = Array.from({ length: watches }, (_, n) => web.feed(`/feed${n}.xml`, { entries: [] }));
  const list = feeds.map((feed) => `- feed: ${feed.url}`).join('\n');
  await place.configure(list, `  hooked: { discord: { webhook: "\${HOOK}" } }\n`);
  await place.once({ env });
  const titles: string[] = [];
  for (const [f, feed] of feeds.entries()) {
    for (let n = 0; n < each; n += 1) {
      const title = `feed ${f} entry ${n}`;
      titles.push(title);
      feed.add({ title, link: `https://lab.example/${f}/${n}`, published: now() - 1e6 + n * 1000 });
    }
  }
  discord.service.latency(12);
  const start = () => startLandfall(['once', '--json', ...place.home.args], { env });
  const kills = await killAgainAndAgain(start, discord.service.server, 20);
  const last = await place.once({ env });
  expect([kills, last.code, last.document.owed]).toEqual([20, 0, 0]);
  const of = (messages: ReturnType<typeof webhook.messages>) =>
    messages.map((message) => String(message.embeds[0]?.title));
  expect(of(place.channel.messages()).toSorted()).toEqual(titles.toSorted());
  expect([...new Set(of(webhook.messages()))].toSorted()).toEqual(titles.toSorted());
  for (const [f] of feeds.entries()) {
    const mine = (list: readonly string[]) => list.filter((title) => title.startsWith(`feed ${f} `));
    expect(mine(of(place.channel.messages()))).toEqual(mine(titles));
    expect([...new Set(mine(of(webhook.messages())))]).toEqual(mine(titles));
  }
});
