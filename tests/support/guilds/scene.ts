// A setting for tests of the bot's use cases: a database in memory, sources with a test's answers, a fixed clock.
import { onTestFinished } from 'vitest';
import type { Config } from '../../../src/config/shape.ts';
import { addWatch, previewWatch } from '../../../src/guilds/add-watch.ts';
import type { GuildChannelIds, GuildContext } from '../../../src/guilds/context.ts';
import { createExpressions } from '../../../src/infra/regex.ts';
import { createPreviews } from '../../../src/scheduler/previews.ts';
import { sources } from '../../../src/sources/index.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { fresh } from '../pipeline.ts';
import { configOf, noon } from '../worker.ts';

export const here: GuildChannelIds = { guild: '10001', channel: '20001' };

/** Every look finds an existing target without items. */
export async function openGuildContext(config: Config = configOf({ channels: [] })): Promise<GuildContext> {
  const db = await openSqlite(':memory:');
  onTestFinished(() => db.close());
  await migrate(db, migrations);
  return {
    db,
    config,
    now: () => noon,
    sources: new Map(
      sources.map(({ kind }) => [
        kind,
        {
          kind,
          batch: 10,
          pool: () => kind,
          read: () => fresh([]),
          poll: async (looks) => ({
            results: new Map(looks.map(({ target }) => [target.id, fresh([])])),
            spent: [],
          }),
        },
      ]),
    ),
    kinds: sources,
    ...createExpressions(),
    previews: createPreviews(),
    isModel: () => true,
    labWatches: () => null,
    fileChannel: () => null,
    changed: async () => undefined,
  };
}

/** Adds watches such as `github:o/r` in a channel. */
export async function addAll(
  scene: GuildContext,
  place: GuildChannelIds,
  ...targets: readonly string[]
): Promise<void> {
  for (const target of targets) {
    const [kind = '', ...address] = target.split(':');
    const wish = { kind, target: address.join(':'), include: null, exclude: null };
    const preview = await previewWatch(scene, place, wish, AbortSignal.timeout(10_000));
    if (preview.kind !== 'ready') throw new Error(`${target}: ${JSON.stringify(preview)}`);
    await addWatch(scene, preview.draft);
  }
}
