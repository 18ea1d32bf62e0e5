// The digest of a channel, changed while entries wait for it: nobody waits for a period that was called off.
import { expect, test } from 'vitest';
import { type DigestSetting, setDigest } from '../../src/guilds/channel-settings.ts';
import { nextOwedAt } from '../../src/store/deliveries.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { here, openGuildContext } from '../support/guilds/scene.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { channelConfig, configOf, dayMs, hourMs, noon, type Staged, stage } from '../support/worker.ts';

const feed = 'feed:https://lab.test/news.xml';
const name = 'guild:10001:20001';

/** Two entries wait for the digest. */
async function collecting(
  digest: DigestSetting,
): Promise<Staged & { readonly set: (to: DigestSetting) => Promise<unknown> }> {
  const channels = [channelConfig(name, { digest })];
  const staged = await stage({ config: configOf({ channels }), targets: [feed] });
  const { db } = staged.worker;
  await db.batch([{ sql: `UPDATE watches SET spec = REPLACE(spec, '["releases"]', '["${name}"]')`, params: [] }]);
  staged.answers.set(feed, fresh([]));
  await staged.look(feed);
  for (const model of ['Grok 3', 'Llama 9']) {
    staged.clock.now += hourMs;
    const url = `https://lab.test/${encodeURIComponent(model)}`;
    const title = `${model} open weights released`;
    staged.answers.set(feed, fresh([seen(url, { targetId: feed, kind: 'entry', about: `news:${url}`, title, url })]));
    await staged.look(feed);
  }
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
  expect(staged.said).toEqual([]);
  const scene = { ...(await openGuildContext(staged.worker.config)), db, now: () => staged.clock.now };
  return Object.assign(staged, {
    set: async (to: DigestSetting) => {
      const changed = async () => void channels.splice(0, 1, channelConfig(name, { digest: to }));
      const set = await setDigest({ ...scene, changed }, here, to);
      await deliverDue(staged.worker, AbortSignal.timeout(10_000));
      return set;
    },
  });
}

test('turned off, what was collected is told at once, as one last digest that ends now', async () => {
  const staged = await collecting('weekly');
  expect(await staged.set('off')).toEqual({ kind: 'set' });
  expect(staged.said).toMatchObject([
    { channel: name, draft: { form: 'digest', to: new Date(staged.clock.now).toISOString() } },
  ]);
  const [{ draft } = { draft: null }] = staged.said;
  expect(draft?.form === 'digest' ? draft.stories.map((story) => story.name) : []).toHaveLength(2);
});

test('made daily, what was collected for the week comes with the next day', async () => {
  const staged = await collecting('weekly');
  expect(await nextOwedAt(staged.worker.db)).toBe('2026-03-09T09:00:00.000Z');
  await staged.set('daily');
  expect([staged.said, await nextOwedAt(staged.worker.db)]).toEqual([[], '2026-03-03T09:00:00.000Z']);
  await staged.set('weekly');
  expect(await nextOwedAt(staged.worker.db)).toBe('2026-03-03T09:00:00.000Z');
  staged.clock.now = noon + dayMs;
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
  expect(staged.said).toMatchObject([{ draft: { form: 'digest' } }]);
});
