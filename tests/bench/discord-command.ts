// The same burst in real time, through the built `landfall once`: fifty channels, one feed, so many entries.
import { landfall, makeHome } from '../support/landfall.ts';
import { openWorld } from '../support/world/open.ts';
import { type Burst, type BurstResult, measured } from './discord-burst.ts';

/** Sits out what Discord makes it wait: with its usual limits about as many seconds as `permittedSeconds`. */
export async function burstByCommand({ channels, messagesEach, latency: [least] }: Burst): Promise<BurstResult> {
  const world = await openWorld();
  const { discord, web, now } = world;
  const feed = web.feed('/feed.xml', { entries: [] });
  const ids = Array.from({ length: channels }, (_, index) => discord.channel({ name: `channel-${index}` }).id);
  const list = ids.map((id, index) => `  channel-${index}: { discord: { channel: "${id}" } }\n`).join('');
  const home = await makeHome(
    `http: { allowPrivate: ["127.0.0.1"] }\nchannels:\n${list}watch:\n  - feed: ${feed.url}\n`,
  );
  const once = () =>
    landfall(['once', '--json', ...home.args], { env: { ...world.env, ...world.tokens }, timeoutMs: 600_000 });
  try {
    await once();
    for (let n = 0; n < messagesEach; n += 1)
      feed.add({ title: `Alert ${n}`, link: `https://lab.example/${n}`, published: now() - 1e6 + n * 1_000 });
    discord.service.latency(least);
    const asked = discord.service.log.length;
    const ran = await once();
    if (ran.code !== 0) throw new Error(`landfall once ended with ${ran.code}: ${ran.stderr}`);
    return measured(discord.state, discord.limits, { channels, messagesEach }, discord.service.log.length - asked);
  } finally {
    await home.remove();
    await world.close();
  }
}
