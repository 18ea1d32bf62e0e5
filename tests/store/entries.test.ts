// Entries of a digest on both databases: collected, told together or not at all, never while one of them moves on.

import { describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { countOwedIn, deliveriesOf, dueEntries, insertDelivery, owedOf, raise } from '../../src/store/deliveries.ts';
import { giveUpEntries, pin, tellIn, unpin } from '../../src/store/settling.ts';
import type { Delivery, PinnedPage } from '../../src/types/delivery.ts';
import { refusal } from '../support/reasons.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const now = '2026-03-03T09:00:00.000Z';

const page: PinnedPage = { card: false, to: null, page: null };

function entry(subject: string, over: Partial<Pick<Delivery, 'seq' | 'notBefore'>> = {}): Delivery {
  return {
    id: `${subject}@1>releases/digest`,
    subject,
    revision: 1,
    channel: 'releases',
    form: 'digest',
    seq: 1,
    notBefore: now,
    attempts: 0,
    content: { from: now, to: now },
    pinned: null,
    sent: [],
    doubtSince: null,
    ...over,
  };
}

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, async (opened) => {
    db = opened;
    await db.batch(
      [entry('a'), entry('b', { seq: 2 }), entry('c', { seq: 3, notBefore: '2026-03-04T09:00:00.000Z' })].map((one) =>
        insertDelivery(one, now),
      ),
    );
  });

  it('are counted as the messages they become', async () => {
    expect(await countOwedIn(db, ['releases'], now)).toEqual({ owed: 2, due: 2 });
    expect((await owedOf(db, ['a', 'c'])).map(({ form }) => form)).toEqual(['digest', 'digest']);
  });

  it('are told together with the first, when none of them moved on', async () => {
    const [head, other] = await dueEntries(db, 'releases', now);
    if (head === undefined || other === undefined) throw new Error('nothing is due');
    const told = [pin(head, { pages: [page], revision: 1, by: 'a', now }), tellIn(other, head.id, now)];
    await db.batch([raise(other.id, 2)]);
    expect(await db.batch(told)).toBe('conflict');
    expect((await deliveriesOf(db, 'a'))[0]).toMatchObject({ pinned: null, attempts: 0 });
    const [, moved] = await dueEntries(db, 'releases', now);
    expect(
      await db.batch([pin(head, { pages: [page], revision: 1, by: 'a', now }), tellIn(moved ?? other, head.id, now)]),
    ).toBe('done');
    expect((await deliveriesOf(db, 'b'))[0]).toMatchObject({
      state: 'sent',
      reason: { code: 'message.told-in', params: { delivery: head.id } },
    });
    expect(await db.batch([raise(other.id, 3)])).toBe('conflict');
    expect(await dueEntries(db, 'releases', now)).toEqual([]);
    await db.batch([giveUpEntries(head.id, refusal('no'))]);
    expect((await deliveriesOf(db, 'b'))[0]).toMatchObject({ state: 'dead', reason: refusal('no') });
  });

  it('what is unpinned is claimed anew, with the attempts it has had', async () => {
    const [head] = await dueEntries(db, 'releases', now);
    if (head === undefined) throw new Error('nothing is due');
    await db.batch([pin(head, { pages: [page], revision: 1, by: 'a', now })]);
    expect(await db.batch([unpin(head.id)])).toBe('done');
    expect((await deliveriesOf(db, 'a'))[0]).toMatchObject({ pinned: null, doubtSince: null, attempts: 1 });
  });
});
