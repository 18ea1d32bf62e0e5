// A clock that was set back: what it had put off waits as long as it would have by the right one.
import { expect, it } from 'vitest';
import { noticeStatement } from '../../src/outbox/notice.ts';
import { saveMeta } from '../../src/store/meta.ts';
import { restPool } from '../../src/store/pools.ts';
import { createClockWatch } from '../../src/worker/clock-watch.ts';
import { channelConfig, configOf, dayMs, hourMs, noon, stage } from '../support/worker.ts';

const at = (ms: number): string => new Date(ms).toISOString();

it.each(['under a running worker', 'while it was stopped'])('is noticed %s', async (when) => {
  const config = configOf({
    channels: [channelConfig('releases'), channelConfig('nights', { quiet: { from: 660, to: 780 } })],
  });
  const staged = await stage({ config, targets: ['feed:https://lab.example/feed.xml'] });
  const { worker, clock, logged } = staged;
  const { db } = worker;
  let steady = 0;
  const running = createClockWatch(worker, () => steady);
  await running();
  const falseNoon = noon + 30 * dayMs;
  const owed = (channel: string, about: string) =>
    noticeStatement(channel, { about, said: { title: 't', text: 't' }, seq: 1 }, at(falseNoon));
  const put = (about: string, notBefore: number, attempts: number) => ({
    sql: `UPDATE deliveries SET not_before = $2, attempts = $3 WHERE subject = $1`,
    params: [`notice:${about}`, at(notBefore), attempts],
  });
  clock.now = falseNoon;
  steady += 10_000;
  await running();
  expect(logged.join()).toContain('ahead of what has passed');
  await db.batch([
    owed('releases', 'tried'),
    owed('releases', 'old'),
    owed('nights', 'quiet'),
    put('tried', falseNoon + 10 * 60_000, 3),
    put('old', noon + 5 * 60_000, 3),
    put('quiet', falseNoon + hourMs, 0),
    {
      sql: `UPDATE targets SET tried_at = $1, due_at = $2, not_before = $2`,
      params: [at(falseNoon), at(falseNoon + hourMs)],
    },
    restPool('feed', at(falseNoon + 2 * hourMs)),
    saveMeta('beat', JSON.stringify({ at: at(falseNoon), everyMs: 1_000 })),
  ]);
  clock.now = noon;
  steady += 10_000;
  await (when === 'under a running worker' ? running : createClockWatch(worker, () => steady))();
  expect(logged.join()).toContain('the clock was set back by 30 d');
  const rows = await db.all(`SELECT subject, not_before FROM deliveries ORDER BY subject`);
  const soon = Object.fromEntries(rows.map((row) => [row.subject, Date.parse(String(row.not_before)) - noon]));
  expect(soon['notice:quiet']).toBe(hourMs);
  expect(soon['notice:old']).toBeLessThanOrEqual(5 * 60_000);
  expect(Math.abs((soon['notice:tried'] ?? 0) - 10 * 60_000)).toBeLessThanOrEqual(30_000);
  const [target] = await db.all(`SELECT due_at, not_before FROM targets`);
  expect(Math.abs(Date.parse(String(target?.due_at)) - noon - hourMs)).toBeLessThanOrEqual(30_000);
  const [pool] = await db.all(`SELECT paused_until FROM pools`);
  expect(Math.abs(Date.parse(String(pool?.paused_until)) - noon - 2 * hourMs)).toBeLessThanOrEqual(30_000);
  // Said and done once.
  logged.length = 0;
  steady += 1_000;
  clock.now += 1_000;
  await running();
  expect(logged.filter((line) => when === 'under a running worker' && line.includes('clock'))).toEqual([]);
});
