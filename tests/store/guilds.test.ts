// What people in Discord added, on every database: settings, pauses and mutes, who asks for a target, who sees which story.

import { describe, expect, test } from 'vitest';
import { channelStates, saveChannelState } from '../../src/store/channel-states.ts';
import type { Db } from '../../src/store/define.ts';
import { saveFind } from '../../src/store/finds.ts';
import {
  addGuildWatch,
  askedByGuildsOnly,
  forgetAdditions,
  guildChannels,
  guildWatches,
  holdWatch,
  lapseMutes,
  pledgeAnswers,
  resumeWatch,
  saveGuildChannel,
  savePledgeAnswer,
} from '../../src/store/guilds.ts';
import { saveStory } from '../../src/store/stories.ts';
import { knownLabs, labStories, promisedStories, recentStories } from '../../src/store/story-search.ts';
import { insertTarget, lookSoon, newTargetRow, targetsById } from '../../src/store/targets.ts';
import { beginWatches, saveWatch } from '../../src/store/watches.ts';
import type { Watch } from '../../src/types/core.ts';
import { grok, release } from '../support/channels/stories.ts';
import { watch } from '../support/pipeline.ts';
import { refusal } from '../support/reasons.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const now = '2026-03-02T10:00:00.000Z';
const later = '2026-03-02T12:00:00.000Z';
const muchLater = '2026-03-02T12:00:01.000Z';
const channel = { name: 'guild:1:2', guild: '1', channel: '2', locale: null, digest: null };
const target = (id: string) => ({ id, source: 'github', address: id.slice(7), shape: null });
const added = watch({ id: 'guild:1:2:github:o/r', origin: { by: 'guild', guild: '1' }, to: ['guild:1:2'] });

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  onFresh(make, (opened) => {
    db = opened;
  });

  test('a setting of a channel stays when another is made', async () => {
    await db.batch(saveGuildChannel(channel, now));
    await db.batch(saveGuildChannel({ ...channel, locale: 'ko' }, later));
    await db.batch(saveGuildChannel({ ...channel, digest: 'daily' }, later));
    expect(await guildChannels(db)).toEqual([{ ...channel, locale: 'ko', digest: 'daily' }]);
  });

  test('a mute lapses when its time has come, and its next look is made at once and tells nothing', async () => {
    const row = newTargetRow(target('github:o/r'), 'github', muchLater);
    await db.batch([insertTarget(row), saveWatch(added, now), ...beginWatches(['github:o/r'], now)]);
    await db.batch([holdWatch(added.id, later)]);
    await lapseMutes(db, '2026-03-02T11:59:59.999Z');
    const held = { paused: true, since: now };
    expect(await guildWatches(db, '1')).toMatchObject([{ mutedUntil: later, guild: '1', watch: held }]);
    await lapseMutes(db, later);
    expect(await guildWatches(db, '1')).toMatchObject([{ mutedUntil: null, watch: { paused: false, since: null } }]);
    expect((await targetsById(db, ['github:o/r'])).get('github:o/r')?.dueAt).toBe(later);
    await db.batch([holdWatch(added.id, null)]);
    await lapseMutes(db, muchLater);
    expect(await guildWatches(db, null)).toMatchObject([{ watch: { paused: true } }]);
    await db.batch(resumeWatch(added.id, muchLater, false));
    expect((await targetsById(db, ['github:o/r'])).get('github:o/r')?.dueAt).toBe(later);
    expect(await guildWatches(db, '9')).toEqual([]);
  });

  test('what was added to a channel that is gone goes with it; what others watch stays', async () => {
    const [own, shared] = ['github:o/r', 'github:o/s'];
    await db.batch([
      ...saveGuildChannel(channel, now),
      ...[own, shared].map((id) => insertTarget(newTargetRow(target(id), 'github', now))),
      saveWatch(added, now),
      saveWatch({ ...added, id: 'guild:1:2:github:o/s', targetId: shared }, now),
      saveWatch({ ...added, id: 'guild:1:3:github:o/s', targetId: shared, to: ['guild:1:3'] }, now),
      saveChannelState({
        name: channel.name,
        address: '2',
        holdUntil: null,
        reason: refusal('Unknown Channel'),
        goneAt: now,
      }),
    ]);
    await db.batch(await forgetAdditions(db, channel.name));
    expect((await guildWatches(db, null)).map(({ watch: { id } }) => id)).toEqual(['guild:1:3:github:o/s']);
    expect([...(await targetsById(db, [own, shared])).keys()]).toEqual([shared]);
    expect(await guildChannels(db)).toEqual([]);
    expect((await channelStates(db)).get(channel.name)?.goneAt).toBe(now);
    await db.batch(saveGuildChannel(channel, later));
    expect((await channelStates(db)).get(channel.name)).toBeUndefined();
  });

  test('a guild has no more watches than it may, also when many are added at once', async () => {
    const more = Array.from({ length: 6 }, (_, index) => ({ ...added, id: `${added.id}${index}` }));
    const adding = (list: readonly Watch[], most: number) =>
      Promise.all(list.map((one) => db.batch(addGuildWatch(one, '1', most, now))));
    expect((await adding(more, 2)).toSorted()).toEqual([...Array(4).fill('conflict'), 'done', 'done']);
    expect(await guildWatches(db, '1')).toHaveLength(2);
    const twice = await adding([added, added], 50);
    expect(twice.toSorted()).toEqual(['conflict', 'done']);
    expect(await guildWatches(db, '1')).toHaveLength(3);
    await db.batch(addGuildWatch({ ...added, id: 'guild:2:2:github:o/r' }, '2', 1, now));
    expect(await guildWatches(db, '2')).toMatchObject([
      { watch: { filters: added.filters, to: added.to, since: added.since } },
    ]);
  });

  test('a target that its parent speaks for gets looks of its own, others keep theirs', async () => {
    const row = newTargetRow(target('github:o/r'), 'github', null);
    await db.batch([insertTarget(row), lookSoon({ ...row, dueAt: now })]);
    await db.batch([lookSoon({ ...row, dueAt: later })]);
    expect((await targetsById(db, ['github:o/r'])).get('github:o/r')?.dueAt).toBe(now);
  });

  test('who asks: a guild alone, the file, or the file through what found it', async () => {
    const ids = ['github:o/r', 'github:o/s', 'github:o/t'];
    expect(await askedByGuildsOnly(db, ids)).toEqual(new Set());
    const [, filed = '', child = ''] = ids;
    await db.batch([
      saveWatch(added, now),
      saveWatch(watch({ id: `file:${filed}`, targetId: filed }), now),
      saveWatch(watch({ id: 'file:github:o', targetId: 'github:o' }), now),
      saveFind({ parentId: 'github:o', childId: child, mark: null }),
    ]);
    expect(await askedByGuildsOnly(db, ids)).toEqual(new Set(['github:o/r']));
    await db.batch([saveWatch(watch({ id: 'file:github:o/r', targetId: 'github:o/r' }), now)]);
    expect(await askedByGuildsOnly(db, ids)).toEqual(new Set());
  });

  test('a guild sees the stories of the file and its own, and its answers count there alone', async () => {
    const own = { ...release, id: 'own', key: 'news:own', name: 'Own find', scope: { guild: '1' } };
    await db.batch([grok, release, own].map((story) => saveStory(story, 0)));
    const names = async (guild: string, needle: string) =>
      (await recentStories(db, ['file', { guild }], needle, 10)).map(({ name }) => name).toSorted();
    expect(await names('1', '')).toEqual(['Grok 2', 'Own find', 'vllm-project/vllm v0.9.0']);
    expect(await names('2', '')).toEqual(['Grok 2', 'vllm-project/vllm v0.9.0']);
    expect(await names('2', '100%')).toEqual([]);
    expect((await labStories(db, ['file'], 'xai', 5)).map(({ id }) => id)).toEqual([grok.id]);
    // The name of a scope is no lab, and a lab is no scope.
    expect(await labStories(db, ['file'], 'file', 5)).toEqual([]);
    const theirs = { ...grok, id: 'theirs', key: 'model:xai/theirs', scope: { guild: '1' }, updatedAt: muchLater };
    const others = { ...theirs, id: 'others', key: 'model:lyra/others', lab: 'lyra' };
    await db.batch([theirs, others].map((story) => saveStory(story, 0)));
    const ofLab = async (lab: string | null) =>
      (await labStories(db, ['file', { guild: '1' }], lab, 5)).map(({ id }) => id);
    expect(await ofLab('xai')).toEqual(['theirs', grok.id]);
    expect(await ofLab('lyra')).toEqual(['others']);
    expect(new Set(await ofLab(null))).toEqual(new Set(['theirs', 'others', grok.id]));
    await db.batch([{ sql: 'DELETE FROM stories WHERE id IN ($1, $2)', params: ['theirs', 'others'] }]);
    expect((await promisedStories(db, ['file'], 5)).map(({ id }) => id)).toEqual([grok.id]);
    expect(await knownLabs(db, ['file'])).toEqual(['xai']);
    await db.batch([savePledgeAnswer({ guild: '1', storyId: grok.id, answer: 'confirmed', person: '7', now })]);
    await db.batch([savePledgeAnswer({ guild: '1', storyId: grok.id, answer: 'dismissed', person: '8', now: later })]);
    expect(await pledgeAnswers(db, '1')).toEqual(new Map([[grok.id, 'dismissed']]));
    expect(await pledgeAnswers(db, '2')).toEqual(new Map());
  });
});
