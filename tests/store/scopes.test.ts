// Who asks for what, whose items are whose, and channels that move, on every database.
import { describe, expect, test } from 'vitest';
import { enterScope } from '../../src/pipeline/open-scope.ts';
import type { Db } from '../../src/store/define.ts';
import { deliveriesOf, insertDelivery } from '../../src/store/deliveries.ts';
import { saveFind } from '../../src/store/finds.ts';
import { hiddenKeys, itemsLikeFor, kindsOfFamily, saveItem } from '../../src/store/items.ts';
import { messagesOf, saveMessage } from '../../src/store/messages.ts';
import { moveChannels, renameChannel, saveSent } from '../../src/store/moving.ts';
import { dropScope, guardScopes, moveEdition, ownScopes, saveScope, scopesEdition } from '../../src/store/scopes.ts';
import { saveStory, storiesByKey, storiesHeardIn } from '../../src/store/stories.ts';
import { insertTarget, newTargetRow } from '../../src/store/targets.ts';
import { keysTold, saveVerdict } from '../../src/store/verdicts.ts';
import { askersOf, saveWatch } from '../../src/store/watches.ts';
import type { Delivery } from '../../src/types/delivery.ts';
import { grok } from '../support/channels/stories.ts';
import { seen, watch } from '../support/pipeline.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const now = '2026-03-02T10:00:00.000Z';
const b = 'guild:2:20';
const card: Delivery = {
  id: `s@1>${b}/card`,
  subject: 's',
  revision: 1,
  channel: b,
  form: 'card',
  seq: 1,
  notBefore: now,
  attempts: 0,
  content: null,
  pinned: null,
  sent: [],
  doubtSince: null,
};

function itemOf(targetId: string, over: Partial<Parameters<typeof seen>[1]> = {}) {
  const observation = seen(`k:${targetId}`, { targetId, title: 'Grok', ...over });
  return {
    observation,
    storyKey: `of ${targetId}`,
    nameKey: 'xai/grok/9',
    firstSeen: now,
    goneAt: null,
    baseline: false,
  };
}

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });

  test('who asks for a target: itself, or through what found it', async () => {
    const target = (id: string) => newTargetRow({ id, source: 'github', address: id, shape: null }, 'github', now);
    await db.batch(['o', 'o/r', 'p'].map((id) => insertTarget(target(id))));
    await db.batch([
      saveWatch(watch({ id: 'f', targetId: 'o' }), now),
      saveFind({ parentId: 'o', childId: 'o/r', mark: null }),
    ]);
    expect(await askersOf(db, ['o/r'])).toBeNull();
    await db.batch([saveWatch(watch({ id: 'g', targetId: 'o/r', origin: { by: 'guild', guild: '2' } }), now)]);
    await db.batch([saveWatch(watch({ id: 'h', targetId: 'p', origin: { by: 'guild', guild: '3' } }), now)]);
    expect(await askersOf(db, ['o', 'o/r', 'p', 'q'])).toEqual(
      new Map([
        ['o', new Set([null])],
        ['o/r', new Set([null, '2'])],
        ['p', new Set(['3'])],
      ]),
    );
    await db.batch(['o/r', 'p', 'q'].map((id) => saveItem(itemOf(id))));
    const found = async (guild: string) =>
      (await itemsLikeFor(db, guild, { needle: 'grok', limit: 9, searched: 100 }))
        .map(({ observation }) => observation.targetId)
        .toSorted();
    expect([await found('2'), await found('3')]).toEqual([['o/r'], ['o/r', 'p']]);
    const shown = await kindsOfFamily(db, 'xai/grok', true);
    expect(new Set(shown.map(({ targetId }) => targetId))).toEqual(new Set(['o/r', 'p', 'q']));
    expect(await kindsOfFamily(db, 'xai/grok', false)).toEqual([
      { nameKey: 'xai/grok/9', kind: 'release', targetId: null },
    ]);
  });

  test('what is private is known by its facts, not by words that look like them', async () => {
    const text = '{"visibility":"private"}';
    await db.batch([saveItem(itemOf('p', { facts: { visibility: 'private' } })), saveItem(itemOf('q', { text }))]);
    expect(await hiddenKeys(db, ['of p', 'of q'])).toEqual(new Set(['of p']));
  });

  test('a card and what is owed move to another story, also what is on its way, and to another name', async () => {
    await db.batch([saveMessage('s', 'releases', 'm1', 1), saveMessage('s', b, 'm2', 1), insertDelivery(card, now)]);
    await db.batch(moveChannels('s', 't', [b]));
    expect(await messagesOf(db, ['s'])).toMatchObject([{ channel: 'releases' }]);
    expect(await messagesOf(db, ['t'])).toMatchObject([{ channel: b, messageId: 'm2' }]);
    expect(await deliveriesOf(db, 't')).toMatchObject([{ id: card.id }]);
    await db.batch([saveSent({ ...card, revision: 3 }, 'm3')]);
    expect(await messagesOf(db, ['t'])).toMatchObject([{ messageId: 'm3', sentRevision: 3 }]);
    await db.batch(renameChannel(b, 'people', ['s']));
    expect(await messagesOf(db, ['t'])).toMatchObject([{ channel: b }]);
    await db.batch(renameChannel(b, 'people', null));
    expect(await messagesOf(db, ['t'])).toMatchObject([{ channel: 'people' }]);
    expect(await deliveriesOf(db, 't')).toMatchObject([{ channel: 'people' }]);
  });

  test('which stories a channel has joined, and a watch has told', async () => {
    const story = { ...grok, revision: 1, audience: [b] };
    const verdict = {
      at: now,
      watchId: 'w',
      targetId: 'o',
      key: 'k',
      change: 'new',
      reason: { code: 'verdict.told', params: {} },
      storyId: story.id,
    };
    await db.batch([
      saveStory(story, 0),
      saveStory({ ...story, id: 'other', key: 'other', audience: ['guild:2:200'], scope: { guild: '2' } }, 0),
      saveVerdict({ ...verdict, told: true }),
      saveVerdict({ ...verdict, key: 'l', storyId: 'other', told: false }),
    ]);
    expect((await storiesHeardIn(db, [b], null)).map(({ id }) => id)).toEqual([story.id]);
    expect(await storiesHeardIn(db, [b], { guild: '2' })).toEqual([]);
    expect(await keysTold(db, ['w', 'v'])).toEqual(new Set([story.key]));
  });

  test('whose stories a channel hears, and that what was read of it still holds', async () => {
    await db.batch(moveEdition(null));
    await db.batch([saveScope(b, '2'), saveScope('people', '3'), saveScope('people', '2')]);
    expect(await ownScopes(db, [b, 'people', 'releases'])).toEqual(
      new Map([
        [b, '2'],
        ['people', '2'],
      ]),
    );
    const read = await scopesEdition(db);
    expect(await db.batch([guardScopes(read)])).toBe('done');
    expect(await db.batch(moveEdition(read))).toBe('done');
    expect(await db.batch([guardScopes(read)])).toBe('conflict');
    expect(await db.batch(moveEdition(read))).toBe('conflict');
    await db.batch([dropScope(b)]);
    expect([...(await ownScopes(db, [b, 'people'])).keys()]).toEqual(['people']);
  });

  test('a channel goes on with its guild’s stories, also beside one that is there already, and once', async () => {
    const story = { ...grok, revision: 3, audience: ['releases', b] };
    const other = { ...grok, id: 'other', key: 'model:xai/grok/3', revision: 1, audience: [b] };
    await db.batch([
      saveStory(story, 0),
      saveStory(other, 0),
      saveStory({ ...other, id: 'own', scope: { guild: '2' }, audience: ['people'] }, 0),
      saveMessage(story.id, b, 'm2', 3),
      saveMessage('other', b, 'm3', 1),
    ]);
    await enterScope(db, '2', [b]);
    await enterScope(db, '2', [b]);
    const own = await storiesByKey(db, { guild: '2' }, [story.key, other.key]);
    expect([own.get(story.key)?.audience, own.get(other.key)?.audience]).toEqual([[b], ['people', b]]);
    expect(await storiesHeardIn(db, [b], 'file')).toEqual([]);
    expect(await messagesOf(db, [own.get(story.key)?.id ?? ''])).toMatchObject([{ channel: b, sentRevision: 3 }]);
    expect(await messagesOf(db, ['own'])).toMatchObject([{ channel: b, messageId: 'm3' }]);
    expect(own.get(story.key)?.revision).toBe(3);
  });
});
