// What a grouped message calls the watch that told it: its address and the link to it, whoever asked.
import { expect, test } from 'vitest';
import { groupOver } from '../../src/pipeline/plan.ts';
import { saveWatch } from '../../src/store/watches.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { channelConfig, configOf, stage, watchOn } from '../support/worker.ts';

const feed = 'feed:https://lab.test/News.xml';
const place = 'guild:10001:20001';

test.each(['of the file', 'of a guild'])('a group names the address of a watch %s', async (whose) => {
  const channel = whose === 'of the file' ? 'releases' : place;
  const staged = await stage({ config: configOf({ channels: [channelConfig(channel)] }), targets: [feed] });
  const { db } = staged.worker;
  if (whose === 'of a guild') {
    await db.batch([{ sql: 'DELETE FROM watches', params: [] }]);
    const origin = { by: 'guild' as const, guild: '10001' };
    await db.batch([saveWatch({ ...watchOn(feed), id: `${place}:${feed}`, origin, to: [place] }, '2026-01-01')]);
  }
  staged.answers.set(feed, fresh([]));
  await staged.look(feed);
  staged.clock.now += 60_000;
  const items = Array.from({ length: groupOver + 1 }, (_, n) => `https://lab.test/${n}`).map((url) =>
    seen(url, { targetId: feed, kind: 'entry', about: `news:${url}`, title: `New item ${url}`, url }),
  );
  staged.answers.set(feed, fresh(items));
  await staged.look(feed);
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
  expect(staged.said).toMatchObject([
    { channel, draft: { form: 'group', title: 'https://lab.test/News.xml', url: 'https://lab.test/News.xml' } },
  ]);
});
