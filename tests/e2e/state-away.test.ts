// A disk that is full and a PostgreSQL that is away, in the middle of a run: it ends or goes on, says why, and loses nothing.
import { spawnSync } from 'node:child_process';
import { expect, inject, it } from 'vitest';
import { openPostgres } from '../../src/store/postgres.ts';
import { openCut } from '../support/cut.ts';
import { type Place, placeFor } from '../support/e2e/place.ts';
import { type Running, until } from '../support/landfall.ts';
import { freshSchema } from '../support/postgres.ts';

/** Runs inside the child, before the command: its clock and what it sits out go by ten times as fast. */
const hurried = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`import timers from 'node:timers/promises';
import { syncBuiltinESMExports } from 'node:module';
const { setTimeout } = timers;
timers.setTimeout = (ms, ...rest) => setTimeout(ms / 10, ...rest);
syncBuiltinESMExports();
const { now } = Date;
const began = now();
Date.now = () => began + Math.round((now() - began) * 10);`)}`,
];
const tags = Array.from({ length: 8 }, (_, n) => `v1.${n}`);

/** Releases are owed; when the first has been told, the state is taken away. Then what the channel got after another run. */
async function cutWhileTelling(
  place: Place,
  env: Readonly<Record<string, string>>,
  takeAway: (running: Running) => void,
) {
  const repo = place.world.github.repo('acme/widget');
  await place.configure('- github: acme/widget');
  expect((await place.once({ env })).code).toBe(0);
  const began = place.world.now() - 3_600_000;
  for (const [n, tag] of tags.entries()) repo.release({ tag, publishedAt: began + n * 60_000 });
  place.world.discord.service.latency(60);
  const running = place.start('once --json', { env, nodeFlags: hurried });
  await until(() => place.channel.messages().length > 0, 'the first message', 20_000);
  takeAway(running);
  const ended = await running.ended;
  expect(place.channel.messages().length).toBeLessThan(tags.length);
  place.world.discord.service.latency(0);
  return ended;
}

async function toldAfter(place: Place, env: Readonly<Record<string, string>>) {
  const { code } = await place.once({ env });
  const titles = place.channel.messages().map(({ embeds }) => String(embeds[0]?.title));
  return { code, tags: titles.map((title) => title.split(' ').at(-1)) };
}

const noLimits = spawnSync('prlimit', ['--version']).status !== 0;

it.skipIf(noLimits)('`once` on a full disk (needs prlimit) ends, says so, and nothing is lost', async (test) => {
  const place = await placeFor(test);
  // No file may grow any more: what is written into the journal is refused, as on a full disk.
  const ended = await cutWhileTelling(place, {}, ({ pid }) => {
    expect(spawnSync('prlimit', ['--pid', String(pid), '--fsize=4096']).status).toBe(0);
  });
  expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/disk|full/i)]);
  expect(await toldAfter(place, {})).toEqual({ code: 0, tags });
});

it('`once` without its PostgreSQL ends, says so, and nothing is lost; `run` waits for it at the start', async (test) => {
  const place = await placeFor(test);
  const schema = await freshSchema(inject('postgresUrl'));
  const line = await openCut(schema.url);
  test.onTestFinished(async () => {
    await line.close();
    await schema.drop();
  });
  const env = { DATABASE_URL: line.url };
  const ended = await cutWhileTelling(place, env, line.cut);
  expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/PostgreSQL at 127\.0\.0\.1/)]);
  line.mend();
  expect(await toldAfter(place, env)).toEqual({ code: 0, tags });

  // The list is long enough to be written in parts; the line breaks in the middle of the first.
  const names = Array.from({ length: 400 }, (_, n) => `acme/r${n}`);
  await place.configure(['acme/widget', ...names].map((name) => `- github: ${name}`).join('\n'));
  line.cutAt('INSERT INTO targets');
  const running = place.start('run', { env, nodeFlags: hurried });
  test.onTestFinished(async () => void (await running.kill()));
  await running.says(/taking over the configuration, tried again in a moment: PostgreSQL at/);
  line.mend();
  const db = await openPostgres(schema.url);
  test.onTestFinished(() => db.close());
  const stored = async (): Promise<number> =>
    Number((await db.all('SELECT COUNT(*) AS n FROM watches w JOIN targets t ON t.id = w.target_id'))[0]?.n);
  await expect.poll(stored, { timeout: 20_000, interval: 100 }).toBe(names.length + 1);
  expect((await running.stop('SIGTERM')).code).toBe(0);
});
