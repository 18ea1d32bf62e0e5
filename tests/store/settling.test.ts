// Whose attempt is in doubt: it stays so until the doubt is resolved, whoever pins the delivery meanwhile; on every database.
import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { insertDelivery, nextOwed } from '../../src/store/deliveries.ts';
import { pin, putOff } from '../../src/store/settling.ts';
import type { Delivery } from '../../src/types/delivery.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const now = '2026-03-02T10:00:00.000Z';
const reason = { code: 'discord.stopped', params: {} } as const;
const delivery: Delivery = {
  id: 'd1',
  channel: 'releases',
  subject: 's1',
  revision: 1,
  seq: 1,
  notBefore: now,
  attempts: 0,
  form: 'card',
  content: null,
  pinned: null,
  sent: [],
  doubtSince: null,
};

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });
  const pinnedBy = async (by: string, attempts: number) => {
    expect(await db.batch([pin({ ...delivery, attempts }, { pages: [], revision: 1, by, now })])).toBe('done');
    return (await nextOwed(db, 'releases', now))?.pinnedBy;
  };

  test('another worker that is put off does not make the attempt its own', async () => {
    await db.batch([insertDelivery(delivery, now)]);
    expect(await pinnedBy('first', 0)).toBe('first');
    expect(await pinnedBy('second', 1)).toBe('first');
    await db.batch([putOff('d1', now, reason, now)]);
    expect(await pinnedBy('second', 2)).toBe('first');
    await db.batch([putOff('d1', now, reason, null)]);
    expect(await pinnedBy('second', 3)).toBe('second');
  });
});
