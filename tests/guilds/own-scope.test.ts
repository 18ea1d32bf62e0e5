// Which stories a channel hears is decided when something is added: the file's, or those of its guild.
import { describe, expect, test } from 'vitest';
import { settleAdditions } from '../../src/guilds/additions.ts';
import { removeWatch } from '../../src/guilds/watches.ts';
import { moveChannels } from '../../src/store/moving.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { deliverDue } from '../../src/worker/once.ts';
import {
  account,
  adds,
  b,
  c,
  contextOf,
  heard,
  loses,
  model,
  press,
  shows,
  staged,
  storyOf,
  two,
} from '../support/guilds/guilds.ts';
import { type Staged, watchOn } from '../support/worker.ts';

describe('one scope per channel', () => {
  const scopes = async (scene: Staged) =>
    (await scene.worker.db.all('SELECT scope FROM stories ORDER BY scope')).map(({ scope }) => scope);

  test('guilds that add only what the file watches too share its stories', async () => {
    const scene = await staged(account);
    await adds(scene, b, account);
    await adds(scene, c, account);
    await shows(scene, account, model('xai-org/grok-9'));
    for (const name of ['releases', b, c]) expect(heard(scene, name)).toEqual(['card']);
    expect(await scopes(scene)).toEqual(['file']);
    expect((await storyOf(scene, 'file'))?.audience).toEqual(['releases', b, c]);
  });

  test('a guild that adds something further has its own from then on; cards move once, and nothing rings', async () => {
    const scene = await staged(account);
    await adds(scene, b, account);
    await shows(scene, account, model('xai-org/grok-9'));
    for (const name of ['releases', b]) heard(scene, name);
    await adds(scene, b, press);
    expect(await scopes(scene)).toEqual(['file', 'guild:2']);
    const own = await storyOf(scene, { guild: '2' });
    expect([(await storyOf(scene, 'file'))?.audience, own?.audience]).toEqual([['releases'], [b]]);
    expect(await scene.worker.db.all('SELECT subject FROM messages WHERE channel = $1', [b])).toEqual([
      { subject: own?.id },
    ]);
    await deliverDue(scene.worker, AbortSignal.timeout(10_000));
    expect([heard(scene, 'releases'), heard(scene, b)]).toEqual([[], []]);
    await removeWatch(contextOf(scene), two, press);
    await adds(scene, b, 'github:xai-org/grok-1');
    await shows(scene, account, model('xai-org/grok-9'), model('xai-org/grok-9-base'));
    expect(await scopes(scene)).toEqual(['file', 'guild:2']);
    expect([heard(scene, 'releases'), heard(scene, b)]).toEqual([['card'], ['card']]);
  });

  test('another filter than the file’s is something further', async () => {
    const scene = await staged(account);
    const filters = { ...watchOn(account).filters, include: 'grok' };
    await adds(scene, b, account, { filters });
    await shows(scene, account, model('xai-org/grok-9'));
    expect(await scopes(scene)).toEqual(['file', 'guild:2']);
  });

  test('what the file watches no longer is the guild’s own from the next look on', async () => {
    const scene = await staged(account, press);
    await adds(scene, b, account);
    await shows(scene, account, model('xai-org/grok-9'));
    heard(scene, b);
    await scene.worker.db.batch([{ sql: 'DELETE FROM watches WHERE id = $1', params: [`file:${account}`] }]);
    await shows(scene, account, model('xai-org/grok-9'), model('xai-org/grok-10'));
    expect([heard(scene, b), heard(scene, 'releases')]).toEqual([['card'], ['card']]);
    expect(await storyOf(scene, 'file', 'model:xai/grok/10')).toBeUndefined();
    expect((await storyOf(scene, 'file'))?.audience).toEqual(['releases']);
  });

  test('a database of story by story: who has a story of its own has only such, and keeps its cards', async () => {
    const scene = await staged(account);
    const { db } = scene.worker;
    await adds(scene, b, account);
    await shows(scene, account, model('xai-org/grok-9'), model('xai-org/grok-10'));
    for (const name of ['releases', b]) heard(scene, name);
    const ten = await storyOf(scene, 'file', 'model:xai/grok/10');
    if (ten === undefined) throw new Error('no story');
    await db.batch([
      saveStory({ ...ten, audience: ['releases'], revision: ten.revision + 1 }, ten.revision),
      saveStory({ ...ten, id: 'own', scope: { guild: '2' }, audience: [b] }, 0),
      ...moveChannels(ten.id, 'own', [b]),
      { sql: `DELETE FROM meta WHERE key LIKE 'scopes%'`, params: [] },
    ]);
    await settleAdditions({ db, now: () => scene.clock.now, fileChannel: () => null });
    const audiences = async () =>
      (await db.all('SELECT scope, key, doc FROM stories ORDER BY scope, key')).map(({ scope, key, doc }) => [
        scope,
        key,
        (JSON.parse(String(doc)) as Story).audience,
      ]);
    const parted = [
      ['file', 'model:xai/grok/10', ['releases']],
      ['file', 'model:xai/grok/9', ['releases']],
      ['guild:2', 'model:xai/grok/10', [b]],
      ['guild:2', 'model:xai/grok/9', [b]],
    ];
    expect(await audiences()).toEqual(parted);
    await settleAdditions({ db, now: () => scene.clock.now, fileChannel: () => null });
    await deliverDue(scene.worker, AbortSignal.timeout(10_000));
    expect([heard(scene, 'releases'), heard(scene, b)]).toEqual([[], []]);
    await loses(scene, account, ['weights:xai-org/grok-9']);
    expect([heard(scene, 'releases'), heard(scene, b)]).toEqual([
      ['card', 'reply'],
      ['card', 'reply'],
    ]);
    expect(await audiences()).toEqual(parted);
  });
});
