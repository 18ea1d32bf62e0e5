// A Discord that refuses, hangs, or does what it was asked and does not say so: by bot once and in order, by webhook never lost.
import { expect, it } from 'vitest';
import { type Place, placeFor } from '../support/e2e/place.ts';
import type { Fault } from '../support/world/faults.ts';

const feeds = 8;
const expected = Array.from({ length: feeds }, (_, n) => `news ${n}`);

interface Sinks {
  readonly place: Place;
  readonly bot: () => readonly string[];
  readonly hook: () => readonly string[];
}

/** A channel by bot and one by webhook, and eight things to tell in both. */
async function owing(test: Parameters<typeof placeFor>[0]): Promise<Sinks> {
  const place = await placeFor(test);
  const { web, discord, now } = place.world;
  const webhook = discord.webhook();
  const feed = web.feed('/feed.xml', { entries: [] });
  await place.configure(`- feed: ${feed.url}`, `  hooked: { discord: { webhook: "\${HOOK}" } }\n`);
  await place.once({ env: { HOOK: webhook.url } });
  for (const [n, title] of expected.entries())
    feed.add({ title, link: `https://lab.example/${n}`, published: now() - 1e6 + n * 1000 });
  const titles = (messages: ReturnType<typeof webhook.messages>) =>
    messages.map((message) => String(message.embeds[0]?.title));
  return { place, bot: () => titles(place.channel.messages()), hook: () => titles(webhook.messages()) };
}

async function deliver({ place }: Sinks): Promise<{ readonly owed: number; readonly told: number }> {
  const hook = [...place.world.discord.state.webhooks.values()][0];
  const look = await place.once({
    env: { HOOK: `https://discord.com/api/webhooks/${hook?.id}/${hook?.token}` },
    timeoutMs: 55_000,
  });
  return look.document;
}

const trouble: readonly { readonly name: string; readonly fault: Fault; readonly times: number }[] = [
  // The one that takes longest begins first.
  { name: 'commits and hangs', fault: { kind: 'hang', commit: true }, times: 1 },
  { name: 'answers 500', fault: { kind: 'answer', status: 500, body: { message: 'oops' } }, times: 1 },
  {
    name: 'answers 429 with retry_after',
    fault: {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '1', 'x-ratelimit-scope': 'shared' },
      body: { message: 'You are being rate limited.', retry_after: 0.6, global: false },
    },
    times: 2,
  },
  { name: 'resets the connection', fault: { kind: 'reset' }, times: 1 },
  { name: 'commits and then resets', fault: { kind: 'reset', commit: true }, times: 1 },
  { name: 'commits and then answers 500', fault: { kind: 'answer', status: 500, commit: true }, times: 1 },
  { name: 'commits and is cut short', fault: { kind: 'truncated' }, times: 1 },
];

it.concurrent.each(trouble)('a sink that $name', async ({ fault, times }) => {
  const ends: (() => Promise<void>)[] = [];
  try {
    const sinks = await owing({ onTestFinished: (end) => ends.push(end) });
    const { faults } = sinks.place.world.discord.service;
    const plans = ['POST */channels/*/messages', 'POST */webhooks/*'].map((match) =>
      faults.plan(match, fault, { times, skip: 2 }),
    );
    const first = await deliver(sinks);
    if (first.owed > 0) await deliver(sinks);
    expect(plans.map((plan) => plan.left())).toEqual([0, 0]);
    expect(sinks.bot()).toEqual(expected);
    // A webhook cannot be asked whether it has a message: what is in doubt is said again, in its place.
    const hook = sinks.hook();
    expect(hook.filter((title, n) => title !== hook[n - 1])).toEqual(expected);
    expect(sinks.place.world.unexpected()).toEqual([]);
  } finally {
    for (const end of ends) await end();
  }
});
