// One release to three hundred servers, half of them with stories of their own, and a worker that is killed while it is still
// being made owed: each channel is told it once.
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { guildChannelName } from '../../src/guilds/context.ts';
import type { Statement } from '../../src/store/define.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { saveScope } from '../../src/store/scopes.ts';
import { insertTarget, newTargetRow } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import { placeFor } from '../support/e2e/place.ts';
import { freshSchema } from '../support/postgres.ts';
import { guildWatchOn, targetOf } from '../support/worker.ts';

const id = 'github:acme/widget';

it('killed in the middle of a fan-out, it goes on where it was, and nobody is left out or told twice', async (test) => {
  const schema = await freshSchema(inject('postgresUrl'));
  test.onTestFinished(schema.drop);
  const place = await placeFor(test);
  const env = { ...place.env, DATABASE_URL: schema.url };
  const db = await openPostgres(schema.url);
  test.onTestFinished(db.close);
  await migrate(db, migrations);
  const repo = place.world.github.repo('acme/widget');
  repo.release({ tag: 'v1' });
  await place.configure('- github: acme/widget');

  const now = new Date(place.world.now()).toISOString();
  const channels = Array.from({ length: 300 }, () => place.world.discord.channel());
  const guildOf = (n: number): string => String(900_000_000_000_000_000n + BigInt(n));
  const nameOf = (n: number): string => guildChannelName({ guild: guildOf(n), channel: channels[n]?.id ?? '' });
  const added = channels.flatMap((channel, n): readonly Statement[] => {
    const [guild, name] = [guildOf(n), nameOf(n)];
    const watch = { ...guildWatchOn(id, guild), id: `${name}:${id}`, to: [name] };
    return [
      ...saveGuildChannel({ name, guild, channel: channel.id, locale: null, digest: null }, now),
      saveWatch(watch, now),
      ...(n % 2 === 0 ? [] : [saveScope(name, guild)]),
    ];
  });
  await db.batch([insertTarget(newTargetRow(targetOf(id), 'github', now)), ...added]);
  expect((await place.once({ env })).code).toBe(0);
  expect(await db.all('SELECT id FROM deliveries')).toEqual([]);

  // Somebody else is about to write a story that a later part of the fan-out writes: that part waits for him.
  const other = new pg.Client({ connectionString: schema.url });
  await other.connect();
  test.onTestFinished(() => other.end());
  const backend = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await other.query('BEGIN');
  await other.query(
    `INSERT INTO stories (id, scope, key, stage, revision, updated_at, doc)
      VALUES ('other', $1, $2, 'released', 1, $3, '{}')`,
    [`guild:${guildOf(299)}`, `${id}@v2`, now],
  );
  place.later(3_600_000);
  repo.release({ tag: 'v2' });
  const running = place.start('once --json', { env });
  const waits = 'SELECT pid FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))';
  await expect.poll(() => db.all(waits, [backend.rows[0]?.pid ?? 0]), { timeout: 20_000 }).toHaveLength(1);
  const ended = await running.kill();
  expect(ended.signal).toBe('SIGKILL');
  await other.query('ROLLBACK');
  const count = async (table: string): Promise<number> =>
    Number((await db.all(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
  const owed = await count('deliveries');
  expect(owed).toBeGreaterThan(0);
  expect(owed).toBeLessThan(301);
  expect(await count('fanout_parts')).toBeGreaterThan(0);

  const next = place.start('once --json', { env });
  await expect.poll(() => count('fanouts'), { timeout: 30_000 }).toBe(0);
  await next.kill();
  const each = await db.all('SELECT channel, COUNT(*) AS n FROM deliveries GROUP BY channel');
  expect([each.length, each.filter(({ n }) => n !== 1), await count('fanout_parts')]).toEqual([301, [], 0]);
  const told = [...channels, place.channel].map((channel) => channel.messages().length);
  expect(told.filter((messages) => messages > 1)).toEqual([]);
  expect(await count('stories')).toBe(151);
  expect(place.world.unexpected()).toEqual([]);
}, 90_000);
