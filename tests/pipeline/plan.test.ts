// Folded stories + what channels have → what is owed.
import { describe, expect, test } from 'vitest';
import { type CardState, groupOver, type PlanContext, plan, type Telling } from '../../src/pipeline/plan.ts';
import { openStory } from '../../src/stories/absorb.ts';
import { unread } from '../../src/stories/reading.ts';
import type { Mark, Turn } from '../../src/types/story.ts';
import { seen } from '../support/pipeline.ts';

const now = '2026-01-02T00:00:00.000Z';

function telling(id: string, revision: number, turns: readonly Turn[], over: Partial<Telling['folded']> = {}): Telling {
  const marks: Mark[] = turns.map((turn) => ({ revision, at: now, turn, detail: null, url: null }));
  const story = {
    ...openStory({ id, key: `github:${id}`, observation: seen(id), reading: unread, now }),
    revision,
    audience: ['releases'],
    marks,
  };
  return {
    folded: { story, before: revision - 1, marks, owes: true, ...over },
    joined: new Map([['releases', 'file:w']]),
  };
}

function context(standing: CardState = { kind: 'nothing' }, over: Partial<PlanContext> = {}): PlanContext {
  let seq = 0;
  return {
    now,
    standing: () => standing,
    notBefore: () => now,
    digest: () => null,
    collected: () => null,
    open: () => true,
    watchTitle: () => ({ title: 'o/r', url: null }),
    seq: () => {
      seq += 1;
      return seq;
    },
    ...over,
  };
}

function forms(tellings: readonly Telling[], by: PlanContext): readonly string[] {
  return plan(tellings, by).deliveries.map((delivery) => `${delivery.form} ${delivery.subject}`);
}

describe('what a channel is owed', () => {
  test('a card when it has nothing', () => {
    expect(forms([telling('a', 1, ['released'])], context())).toEqual(['card a']);
  });

  test('an edit and a reply when it has a card and something turned', () => {
    expect(forms([telling('a', 2, ['licence changed'])], context({ kind: 'card' }))).toEqual(['card a', 'reply a']);
  });

  test('only an edit when nothing turned', () => {
    expect(forms([telling('a', 2, ['added'])], context({ kind: 'card' }))).toEqual(['card a']);
  });

  test('two turns of one look are one reply', () => {
    const { deliveries } = plan([telling('a', 2, ['released', 'kept late'])], context({ kind: 'card' }));
    expect(deliveries.map((delivery) => delivery.form)).toEqual(['card', 'reply']);
    expect(deliveries[1]?.content).toMatchObject({ turns: [{ turn: 'released' }, { turn: 'kept late' }] });
  });

  test('nothing more when its card still waits: that card says the newest', () => {
    const planned = plan(
      [telling('a', 2, ['licence changed'])],
      context({ kind: 'waiting', deliveryId: 'a@1>releases/card' }),
    );
    expect(planned).toMatchObject({ deliveries: [], raised: [{ id: 'a@1>releases/card', revision: 2 }] });
  });

  test('without a card of its own, only a turn', () => {
    expect(forms([telling('a', 2, ['added'])], context({ kind: 'cardless' }))).toEqual([]);
    expect(forms([telling('a', 2, ['withdrawn'])], context({ kind: 'cardless' }))).toEqual(['reply a']);
  });

  test('nothing when filters held everything back, or the channel is off', () => {
    expect(forms([telling('a', 1, [], { owes: false })], context())).toEqual([]);
    expect(forms([telling('a', 1, ['released'])], context(undefined, { open: () => false }))).toEqual([]);
  });

  test('not before its quiet hours are over', () => {
    const later = '2026-01-02T08:00:00.000Z';
    const { deliveries } = plan([telling('a', 1, ['released'])], context(undefined, { notBefore: () => later }));
    expect(deliveries[0]?.notBefore).toBe(later);
  });
});

describe('many new cards of one watch in one look', () => {
  const many = (count: number): readonly Telling[] =>
    Array.from({ length: count }, (_, index) => telling(`s${index}`, 1, ['released']));

  test('are single messages up to twenty', () => {
    expect(plan(many(groupOver), context()).deliveries).toHaveLength(groupOver);
  });

  test('are one message that names each beyond that', () => {
    const planned = plan(many(groupOver + 1), context());
    expect(planned.deliveries).toHaveLength(1);
    expect(planned.deliveries[0]?.content).toMatchObject({
      title: 'o/r',
      items: many(groupOver + 1).map((_, index) => ({ key: `s${index}` })),
    });
    expect(planned.cardless).toHaveLength(groupOver + 1);
  });
});

test.each([
  ['cards', null],
  ['a digest', { from: now, to: now, notBefore: now }],
])('what is new stands in the order of publication, in %s too', (_name, digest) => {
  const tellings = [3, 1, 2].map((day): Telling => {
    const { folded, joined } = telling(`a${day}`, 1, ['released']);
    return { joined, folded: { ...folded, story: { ...folded.story, publishedAt: `2026-01-0${day}T00:00:00.000Z` } } };
  });
  const { deliveries } = plan(tellings, context({ kind: 'nothing' }, { digest: () => digest }));
  const inOrder = deliveries.toSorted((one, other) => one.seq - other.seq);
  expect(inOrder.map(({ subject }) => subject)).toEqual(['a1', 'a2', 'a3']);
});

test('of what was published in one second, what stands lower in the listing is told first', () => {
  const tellings = ['c', 'b', 'a'].map((id): Telling => {
    const { folded, joined } = telling(id, 1, ['released']);
    return { joined, folded: { ...folded, story: { ...folded.story, publishedAt: '2026-01-01T00:00:00.000Z' } } };
  });
  const { deliveries } = plan(tellings, context());
  expect(deliveries.map(({ subject, seq }) => [subject, seq])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
});

test('positions grow in the order in which things were seen', () => {
  const { deliveries } = plan([telling('a', 1, ['released']), telling('b', 1, ['released'])], context());
  expect(deliveries.map(({ subject, seq }) => [subject, seq])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});

test('a family in more sizes than a card can show is a card and the whole list', () => {
  const items = Array.from({ length: 25 }, (_, index) => ({
    key: `m${index}`,
    title: `m${index}`,
    url: `https://x.example/${index}`,
    at: null,
  }));
  const one = telling('a', 1, ['released']);
  const many: Telling = {
    ...one,
    joined: one.joined,
    folded: { ...one.folded, story: { ...one.folded.story, items } },
  };
  const { deliveries } = plan([many], context());
  expect(deliveries.map(({ form }) => form)).toEqual(['card', 'group']);
  expect(deliveries[1]?.content).toMatchObject({ items });
});
