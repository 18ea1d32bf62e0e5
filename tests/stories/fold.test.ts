// A story from the promise to the weights, and everything that must not touch it.
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/stories/fold.ts';
import type { Observation } from '../../src/types/core.ts';
import type { Story } from '../../src/types/story.ts';
import { seen } from '../support/pipeline.ts';
import {
  article,
  context,
  grok2,
  key,
  model,
  promise,
  story,
  told,
  turns,
  weights,
} from '../support/stories/folding.ts';

describe('Grok 2, August 2025', () => {
  const elsewhere = { ...article, key: 'b', url: 'https://sinmun.example/b' };
  const pledged = fold(
    null,
    {
      key,
      seed: [],
      changes: [
        told(article, { ...promise, host: 'press.example' }),
        told(elsewhere, { ...promise, host: 'sinmun.example' }),
      ],
    },
    context('2025-08-06T06:00:00.000Z'),
  );
  const overdue = fold(story(pledged), { key, seed: [], changes: [] }, context('2025-08-19T12:00:00.000Z'));
  const released = fold(
    story(overdue),
    { key, seed: [], changes: [told(model, grok2), told(weights, grok2)] },
    context('2025-08-23T19:30:00.000Z'),
  );

  test('begins as a pledge read from news, not confirmed by anybody', () => {
    expect(story(pledged)).toMatchObject({
      name: 'Grok 2',
      stage: 'pledged',
      revision: 1,
      audience: ['releases'],
      nextAt: '2025-08-18T07:00:00.000Z',
      pledge: {
        by: 'xAI',
        dueFrom: '2025-08-11',
        dueTo: '2025-08-17',
        confirmed: false,
        state: 'open',
        quoteUrl: 'https://press.example/a',
      },
    });
    expect(turns(pledged)).toEqual(['pledged']);
  });

  test('turns overdue on its day, though it is noticed a day later', () => {
    expect(turns(overdue)).toEqual(['overdue']);
    expect(overdue?.marks[0]?.at).toBe('2025-08-18T07:00:00.000Z');
    expect(story(overdue)).toMatchObject({ stage: 'pledged', pledge: { state: 'overdue' }, nextAt: null });
  });

  test('is released by weights in the account of the lab, and kept late', () => {
    expect(turns(released)).toEqual(['released', 'kept late']);
    expect(story(released)).toMatchObject({
      stage: 'released',
      url: 'https://huggingface.co/xai-org/grok-2',
      subject: 'huggingface:xai-org/grok-2',
      known: { files: 42 },
      pledge: { state: 'kept late' },
      releasedAt: '2025-08-23T19:30:00.000Z',
      revision: 3,
    });
  });

  test('news afterwards is evidence, and turns nothing', () => {
    const late = seen('b', {
      kind: 'entry',
      about: 'feed:b',
      url: 'https://press.example/b',
      title: 'Grok 2.5 is out',
    });
    const after = fold(
      story(released),
      { key, seed: [], changes: [told(late, { ...promise, label: 'release', due: null })] },
      context('2025-08-24T00:00:00.000Z'),
    );
    expect(turns(after)).toEqual([]);
    expect(story(after)).toMatchObject({ stage: 'released', url: 'https://huggingface.co/xai-org/grok-2' });
    expect(story(after).evidence.map(({ url }) => url)).toContain('https://press.example/b');
  });

  test('the same thing folded twice changes nothing', () => {
    expect(
      fold(story(released), { key, seed: [], changes: [told(weights, grok2)] }, context('2025-08-25T00:00:00.000Z')),
    ).toBeNull();
  });
});

describe('promises in news', () => {
  const open = story(
    fold(null, { key, seed: [], changes: [told(article, promise)] }, context('2025-08-06T06:00:00.000Z')),
  );
  const second = { ...article, key: 'c', about: 'feed:c', url: 'https://press.example/c' };
  const delay = { from: '2025-09-01', to: '2025-09-30' };

  test('a delay moves the window', () => {
    const moved = fold(
      open,
      { key, seed: [], changes: [told(second, { ...promise, moved: true, due: delay })] },
      context('2025-08-10T00:00:00.000Z'),
    );
    expect(turns(moved)).toEqual(['pledge moved']);
    expect(story(moved).pledge).toMatchObject({ state: 'moved', dueTo: '2025-09-30' });
  });

  test('another article that counts "next week" from its own day moves nothing', () => {
    const again = fold(
      open,
      { key, seed: [], changes: [told(second, { ...promise, due: { from: '2025-08-18', to: '2025-08-24' } })] },
      context('2025-08-11T00:00:00.000Z'),
    );
    expect(turns(again)).toEqual([]);
    expect(story(again).pledge).toMatchObject({ state: 'open', dueTo: '2025-08-17' });
  });

  test('news moves no promise that a person or the file has confirmed', () => {
    const confirmed: Story = { ...open, pledge: open.pledge === null ? null : { ...open.pledge, confirmed: true } };
    const moved = fold(
      confirmed,
      { key, seed: [], changes: [told(second, { ...promise, moved: true, due: delay })] },
      context('2025-08-10T00:00:00.000Z'),
    );
    expect(story(moved).pledge).toMatchObject({ state: 'open', dueTo: '2025-08-17' });
  });

  test('news alone never releases', () => {
    const out = fold(
      open,
      { key, seed: [], changes: [told(second, { ...promise, label: 'release', due: null })] },
      context('2025-08-12T00:00:00.000Z'),
    );
    expect(story(out).stage).toBe('pledged');
  });
});

describe('what was in the baseline', () => {
  const licence = (id: string): Observation => ({
    ...model,
    key: 'licence',
    kind: 'licence',
    sort: 'trait',
    fingerprint: id,
    facts: { licence: id },
  });
  const seed = [model, weights, licence('apache-2.0')].map((observation) => ({ observation, reading: grok2 }));

  test('is the truth that its first turn is told with', () => {
    const changed = fold(
      null,
      { key, seed, changes: [told(licence('other'), grok2, { type: 'edited', previous: licence('apache-2.0') })] },
      context('2026-01-01T00:00:00.000Z'),
    );
    expect(turns(changed)).toEqual(['licence changed']);
    expect(changed?.marks[0]?.detail).toBe('apache-2.0 → other');
    expect(story(changed)).toMatchObject({ stage: 'released', known: { licence: 'other', files: 42 } });
  });

  test('opens no story while nothing of it is told', () => {
    const change = told(
      licence('other'),
      grok2,
      { type: 'edited', previous: licence('apache-2.0') },
      { told: false, to: [] },
    );
    expect(fold(null, { key, seed, changes: [change] }, context('2026-01-01T00:00:00.000Z'))).toBeNull();
  });
});

describe('what a filter holds back', () => {
  test('counts for the truth and owes no message', () => {
    const seenFirst = story(
      fold(null, { key, seed: [], changes: [told(model, grok2)] }, context('2026-01-01T00:00:00.000Z')),
    );
    expect(seenFirst.stage).toBe('seen');
    const quiet = fold(
      seenFirst,
      { key, seed: [], changes: [told(weights, grok2, {}, { told: false, to: [] })] },
      context('2026-01-02T00:00:00.000Z'),
    );
    expect(story(quiet)).toMatchObject({ stage: 'released', known: { files: 42 } });
    expect(quiet).toMatchObject({ owes: false, marks: [] });
  });
});
