// A board for a test: a database in memory, a fixed clock, stories.
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { saveStory } from '../../../src/store/stories.ts';
import type { Story } from '../../../src/types/story.ts';
import { configOf, type Staged, stage } from '../worker.ts';
import { boardNow, fillBoard, openBoard } from './open.ts';

export interface Boarded {
  readonly staged: Staged;
  /** Requests a path. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly text: (path: string, headers?: Readonly<Record<string, string>>) => Promise<string>;
  readonly json: (path: string) => Promise<unknown>;
  /** Saves a new revision of a story, and moves the clock on by a second. */
  readonly save: (story: Story, before: number) => Promise<void>;
}

/** The same for a server that listens, and does not belong to a single test. */
export async function openStage(
  stories: readonly Story[],
): Promise<{ readonly worker: Parameters<typeof openBoard>[0]; readonly end: () => Promise<void> }> {
  const db = await openSqlite(':memory:');
  await migrate(db, migrations);
  await fillBoard(db, stories);
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const worker = { config: configOf(), db, now: () => boardNow, sources: new Map(), log, random: () => 0.5 };
  return { worker, end: () => db.close() };
}

export async function board(
  stories: readonly Story[],
  over: Parameters<typeof configOf>[0] = {},
  staging: Parameters<typeof stage>[0] = {},
): Promise<Boarded> {
  const staged = await stage({ ...staging, config: configOf(over) });
  staged.clock.now = boardNow;
  await fillBoard(staged.worker.db, stories);
  const app = openBoard(staged.worker);
  const get: Boarded['get'] = async (path, headers = {}) => app.request(path, { headers });
  return {
    staged,
    get,
    text: async (path, headers) => (await get(path, headers)).text(),
    json: async (path) => (await get(path)).json(),
    save: async (story, before) => {
      await staged.worker.db.batch([saveStory(story, before)]);
      staged.clock.now += 1_001;
    },
  };
}
