// What single people asked for, on every database: kept to a number, moved with a story, and gone with the person.
import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { countCollected, hurryDigest, subjectsTold } from '../../src/store/digests.ts';
import { rolesFor, saveSpec } from '../../src/store/editing.ts';
import { guildChannelByName, saveGuildChannel } from '../../src/store/guilds.ts';
import { messagesOf } from '../../src/store/messages.ts';
import {
  addWish,
  beginFollowing,
  dropOwed,
  dropWish,
  dropWishesBefore,
  followersOf,
  forgetPerson,
  moveWishes,
  people,
  reminders,
} from '../../src/store/people.ts';
import { addServer, knowServers } from '../../src/store/servers.ts';
import { watch } from '../support/pipeline.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const now = '2026-03-04T05:06:07.000Z';
const joe = { person: '70', storyId: 'a', locale: 'en' };

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });

  test('follows and reminders', async () => {
    expect(await db.batch([addWish('follows', joe, 1, now), beginFollowing('70', 'a', 3)])).toBe('done');
    expect(await db.batch([addWish('follows', { ...joe, locale: 'ko' }, 1, now)])).toBe('done');
    expect(await db.batch([addWish('follows', { ...joe, storyId: 'b' }, 1, now)])).toBe('conflict');
    await db.batch([addWish('reminders', joe, 1, now)]);
    expect(await followersOf(db, ['a', 'b'])).toEqual(new Map([['a', ['person:70']]]));
    expect(await messagesOf(db, ['a'])).toMatchObject([{ channel: 'person:70', messageId: null, sentRevision: 3 }]);
    await db.batch([...moveWishes('a', 'c'), dropOwed('70', 'a')]);
    expect([...(await followersOf(db, ['c'])).keys()]).toEqual(['c']);
    expect(await reminders(db)).toEqual([{ ...joe, storyId: 'c' }]);
    expect(await db.batch([dropWish('reminders', { person: '70', storyId: 'c' }, true)])).toBe('done');
    expect(await db.batch([dropWish('reminders', { person: '70', storyId: 'c' }, true)])).toBe('conflict');
    await db.batch(dropWishesBefore(now));
    expect((await people(db)).map(({ person }) => person)).toEqual(['70']);
    await db.batch(dropWishesBefore('9999'));
    expect([await people(db), await messagesOf(db, ['a'])]).toEqual([[], []]);
    await db.batch([addWish('follows', joe, 1, now), beginFollowing('70', 'a', 3)]);
    await db.batch(forgetPerson('person:70'));
    expect([await people(db), await messagesOf(db, ['a']), forgetPerson('releases')]).toEqual([[], [], []]);
  });

  test('settings of a channel, servers, roles of watches, and digests', async () => {
    const channel = { name: 'guild:1:2', guild: '1', channel: '2', locale: null, digest: null };
    await db.batch(saveGuildChannel({ ...channel, settings: { thread: true } }, now));
    await db.batch(saveGuildChannel({ ...channel, locale: 'ko' }, now));
    expect(await guildChannelByName(db, 'guild:1:2')).toMatchObject({ locale: 'ko', settings: { thread: true } });
    await db.batch(knowServers(['1'], now));
    expect([await db.batch([addServer('1', now)]), await db.batch([addServer('2', now)])]).toEqual([
      'conflict',
      'done',
    ]);
    expect(await db.batch([saveSpec(watch({ mention: ['5'] }))])).toBe('conflict');
    expect(await rolesFor(db, '1', 'guild:1:2', 'a')).toEqual([]);
    await db.batch([hurryDigest('guild:1:2', now)]);
    expect([await countCollected(db, 'guild:1:2'), await subjectsTold(db, 'guild:1:2', now)]).toEqual([0, []]);
  });
});
