// From stories that are told to the digest of a channel: collected, one message, nothing lost or doubled.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChannelConfig } from '../../src/config/shape.ts';
import { createExpressions } from '../../src/infra/regex.ts';
import { digestPeriod } from '../../src/outbox/hours.ts';
import { type ComposeContext, composeFolded } from '../../src/pipeline/compose.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { messagesOf } from '../../src/store/messages.ts';
import { unread } from '../../src/stories/reading.ts';
import type { Story, Turn } from '../../src/types/story.ts';
import { grok, mark, release } from '../support/channels/stories.ts';
import { channelConfig, type Outbox, openOutbox } from '../support/outbox.ts';

const start = Date.parse('2026-03-02T10:00:00.000Z');
const due = Date.parse('2026-03-03T09:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();

let outbox: Outbox;
let seq = 0;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  outbox = await opened({ digest: 'daily' });
});
afterEach(async () => {
  await outbox.close();
  vi.useRealTimers();
});

function opened(over: Partial<ChannelConfig>): Promise<Outbox> {
  return openOutbox({ now: Date.now }, (handles) => [channelConfig(handles.channel(), 'releases', over)]);
}

function context(collecting: boolean): ComposeContext {
  const now = iso(Date.now());
  const { from, to } = digestPeriod(Date.now(), { every: 'daily', minute: 540 }, 'UTC');
  return {
    now,
    ...createExpressions(),
    newId: (key) => key,
    card: () => null,
    read: () => unread,
    open: () => true,
    seq: () => {
      seq += 1;
      return seq;
    },
    notBefore: () => now,
    digest: () => (collecting ? { from: iso(from), to: iso(to), notBefore: iso(to) } : null),
  };
}

async function tell(story: Story, before: number, turns: readonly Turn[], collecting = true): Promise<void> {
  const marks = turns.map((turn) => mark(turn, story.revision, iso(Date.now())));
  await outbox.write(await composeFolded(outbox.db, [{ story, before, marks, owes: true }], context(collecting)));
}

const texts = (): readonly string[] => [...outbox.state.messages.values()].map(({ embeds }) => JSON.stringify(embeds));
const first: Story = { ...grok, revision: 1 };

it('waits for its time and is one message with the newest of each story', async () => {
  await tell(first, 0, ['released']);
  await tell(release, 0, ['released']);
  await tell({ ...first, revision: 2, name: 'Grok 2 (renamed)' }, 1, ['renamed']);
  await outbox.deliver();
  expect(texts()).toEqual([]);
  expect(await outbox.owed()).toBe(1);
  vi.setSystemTime(due);
  await outbox.deliver();
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain('Grok 2 (renamed)');
  expect(texts()[0]).toContain('vllm');
  expect(await outbox.owed()).toBe(0);
  expect((await messagesOf(outbox.db, [first.id, release.id])).map(({ messageId }) => messageId)).toEqual([null, null]);
});

it('what turns later goes into the next one, and without a turn there is nothing to say', async () => {
  await tell(first, 0, ['released']);
  vi.setSystemTime(due);
  await outbox.deliver();
  await tell({ ...first, revision: 2 }, 1, ['added']);
  expect(await outbox.owed()).toBe(0);
  await tell({ ...first, revision: 3 }, 2, ['licence changed']);
  expect(await outbox.owed()).toBe(1);
  vi.setSystemTime(due + 86_400_000);
  await outbox.deliver();
  expect(texts()).toHaveLength(2);
});

it('two periods that were missed are one message that names every story', async () => {
  await tell(first, 0, ['released']);
  vi.setSystemTime(due + 3_600_000);
  await tell(release, 0, ['released']);
  vi.setSystemTime(due + 3 * 86_400_000);
  await outbox.deliver();
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toMatch(/Grok 2.*vllm/);
});

it('what turns while a digest is on its way is told in the next one', async () => {
  await tell(first, 0, ['released']);
  await tell(release, 0, ['released']);
  vi.setSystemTime(due);
  const [entry] = await deliveriesOf(outbox.db, release.id);
  outbox.plan(0, 'killed before it arrived');
  await outbox.deliver();
  // Pinned: the entry is told in a message that is on its way, so the turn is an entry of its own.
  expect((await deliveriesOf(outbox.db, release.id))[0]).toMatchObject({ id: entry?.id, state: 'sent' });
  await tell({ ...release, revision: 2, name: 'vLLM anew' }, 1, ['withdrawn']);
  vi.setSystemTime(due + 86_400_000);
  await outbox.deliver();
  await outbox.deliver();
  expect(texts()).toHaveLength(2);
  expect(texts()[1]).toMatch(/vLLM.*anew/);
});

it('a channel that had single messages before keeps its card up to date and collects the turn', async () => {
  await tell(first, 0, ['released'], false);
  await outbox.deliver();
  await tell({ ...first, revision: 2, name: 'Grok 2 again' }, 1, ['withdrawn']);
  await outbox.deliver();
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain('Grok 2 again');
  vi.setSystemTime(due);
  await outbox.deliver();
  expect(texts()).toHaveLength(2);
});

it('a refused digest is given up with all that it was to tell', async () => {
  await tell(first, 0, ['released']);
  await tell(release, 0, ['released']);
  vi.setSystemTime(due);
  outbox.state.channels.clear();
  await outbox.deliver();
  const states = [...(await deliveriesOf(outbox.db, first.id)), ...(await deliveriesOf(outbox.db, release.id))];
  expect(states.map(({ state }) => state)).toEqual(['dead', 'dead']);
});
