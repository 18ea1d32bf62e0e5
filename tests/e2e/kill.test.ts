// SIGKILL in the middle of telling, again and again, over every form of delivery: by bot each once, by webhook none lost.
import { expect, it } from 'vitest';
import { type Counts, openScene } from '../bench/soak-scene.ts';
import { killAgainAndAgain } from '../support/e2e/killing.ts';
import { placeFor } from '../support/e2e/place.ts';

const kills = 14;
const mostRequests = 60;

/** Forms of which something is lost or doubled. */
function wrong(counts: Counts, what: 'lost' | 'doubled'): readonly string[] {
  return [...counts].filter(([, count]) => count[what] > 0).map(([form]) => form);
}

it('tells all that is owed, killed at some fourteen random moments', { timeout: 120_000 }, async (test) => {
  const place = await placeFor(test);
  const scene = await openScene(place);
  const { service, state } = place.world.discord;
  service.latency(12);
  const killed = await killAgainAndAgain(scene.start, service.server, kills, mostRequests);
  // Rarely all is told before the last kill.
  expect(killed).toBeGreaterThan(kills / 2);
  expect(await scene.finish()).toEqual({ code: 0, owed: 0 });
  expect([...wrong(scene.byBot(), 'lost'), ...wrong(scene.byBot(), 'doubled')]).toEqual([]);
  expect(wrong(scene.byWebhook(), 'lost')).toEqual([]);
  expect(scene.inOrder()).toBe(true);
  expect(place.world.unexpected()).toEqual([]);

  // The count itself: whatever a person would miss, or see twice, it sees too.
  const hooks = new Set([...state.webhooks.values()].map(({ channelId }) => channelId));
  const messages = [...state.messages.values()].filter(({ channel_id: channel }) => !hooks.has(channel));
  for (const message of messages) {
    state.messages.delete(message.id);
    expect(wrong(scene.byBot(), 'lost').length).toBe(1);
    state.messages.set(message.id, message);
    const twin = { ...message, id: state.snowflake() };
    state.messages.set(twin.id, twin);
    expect(wrong(scene.byBot(), 'doubled').length).toBe(1);
    state.messages.delete(twin.id);
  }
});
