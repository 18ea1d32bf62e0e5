// The board's server time, page by page, beside many stories and many watches, on SQLite and on PostgreSQL.
// `node tests/bench/board.ts [--stories N] [--watches N] [--items N] [--runs N] [--json]`.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Db, Statement } from '../../src/store/define.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { insertTarget, newTargetRow } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import { boardNow, fillBoard, fillSpread, openBoard } from '../support/board/open.ts';
import { manyStories } from '../support/board/stories.ts';
import { freshSchema, startPostgres } from '../support/postgres.ts';
import { temporaryDirectory } from '../support/store/databases.ts';
import { configOf } from '../support/worker.ts';

const { values } = parseArgs({
  options: {
    stories: { type: 'string', default: '10000' },
    watches: { type: 'string', default: '5000' },
    items: { type: 'string', default: '10' },
    runs: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
const [stories, watches, itemsEach, runs] = [values.stories, values.watches, values.items, values.runs].map(Number) as [
  number,
  number,
  number,
  number,
];

/** The state of a repository and its newest releases. */
function itemsOfRepository(targetId: string, at: string): readonly Statement[] {
  const names = ['state', ...Array.from({ length: itemsEach - 1 }, (_, index) => `release:${index}`)];
  return names.map((key) => ({
    sql: `INSERT INTO items (target_id, key, kind, story_key, fingerprint, first_seen, baseline, doc)
      VALUES ($1, $2, $3, $4, $5, $6, 1, $7)`,
    params: [
      targetId,
      key,
      key === 'state' ? 'state' : 'release',
      `${targetId}/${key}`,
      key,
      at,
      JSON.stringify({ key, targetId, at, facts: { visibility: 'public', archived: false, notes: 'x'.repeat(400) } }),
    ],
  }));
}

async function fill(db: Db): Promise<string> {
  await migrate(db, migrations);
  const list = manyStories(stories);
  await fillBoard(db, list);
  const [first] = list;
  if (first === undefined) throw new Error('a board of no stories is not measured');
  await fillSpread(db, first.id, first.releasedAt ?? first.openedAt, 90);
  const at = new Date(boardNow).toISOString();
  for (let from = 0; from < watches; from += 500) {
    const part = Array.from({ length: Math.min(500, watches - from) }, (_, index) => {
      const address = `org${(from + index) % 50}/repo${from + index}`;
      return { id: `github:${address}`, source: 'github', address, shape: null };
    });
    await db.batch(
      part.flatMap((target) => [
        insertTarget(newTargetRow(target, 'github', at, at)),
        ...itemsOfRepository(target.id, at),
        saveWatch(
          {
            id: `file:${target.id}`,
            targetId: target.id,
            origin: { by: 'file' },
            filters: { on: null, prereleases: false, include: null, exclude: null, match: null },
            to: ['releases'],
            weight: 1,
            floorMs: null,
            firstRun: 'quiet',
            paused: false,
            since: null,
          },
          at,
        ),
      ]),
    );
  }
  // As a worker does when it has registered its watches.
  await db.analyse();
  return first.key;
}

interface Timed {
  readonly database: string;
  readonly page: string;
  readonly medianMs: number;
  readonly longestMs: number;
  /** Of this process, at the median: what a busy machine changes least. */
  readonly cpuMs: number;
  readonly kilobytes: number;
}

/** Each page anew, on a board that has cached nothing yet. */
async function measure(database: string, db: Db): Promise<readonly Timed[]> {
  const key = await fill(db);
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const open = () =>
    openBoard({ config: configOf({}), db, now: () => boardNow, sources: new Map(), log, random: Math.random });
  const pages = [
    '/',
    '/?q=model+77',
    `/models/${key}`,
    '/promises',
    '/openness',
    '/openness?sort=licence',
    '/status',
    '/feed.atom',
  ];
  const timed: Timed[] = [];
  for (const page of pages) {
    const spans: number[] = [];
    const work: number[] = [];
    let bytes = 0;
    for (let run = 0; run < runs; run += 1) {
      const app = open();
      const before = process.cpuUsage();
      const began = performance.now();
      const answer = await app.request(`${page}${page.includes('?') ? '&' : '?'}lang=${run % 2 === 0 ? 'en' : 'ko'}`);
      const text = await answer.text();
      spans.push(performance.now() - began);
      const { user, system } = process.cpuUsage(before);
      work.push((user + system) / 1_000);
      if (answer.status !== 200) throw new Error(`${page}: ${answer.status} ${text.slice(0, 200)}`);
      bytes = Math.max(bytes, Buffer.byteLength(text));
    }
    const sorted = spans.toSorted((one, other) => one - other);
    const worked = work.toSorted((one, other) => one - other);
    timed.push({
      database,
      page: page.replace(key, 'KEY'),
      medianMs: Math.round((sorted[Math.floor(runs / 2)] ?? 0) * 10) / 10,
      longestMs: Math.round((sorted.at(-1) ?? 0) * 10) / 10,
      cpuMs: Math.round((worked[Math.floor(runs / 2)] ?? 0) * 10) / 10,
      kilobytes: Math.round(bytes / 1_000),
    });
  }
  return timed;
}

const all: Timed[] = [];
const directory = await temporaryDirectory();
const file = await openSqlite(join(directory, 'board.db'));
all.push(...(await measure('SQLite', file)));
await file.close();
await rm(directory, { recursive: true });
const server = process.env.DATABASE_URL === undefined ? await startPostgres() : null;
const schema = await freshSchema(server?.url ?? process.env.DATABASE_URL ?? '');
const shared = await openPostgres(schema.url);
all.push(...(await measure('PostgreSQL', shared)));
await shared.close();
await schema.drop();
await server?.stop();

console.log(`${stories} stories, ${watches} watches, ${runs} runs of each page`);
for (const { database, page, medianMs, longestMs, cpuMs, kilobytes } of all)
  console.log(
    `  ${database.padEnd(11)} ${page.padEnd(22)} median ${medianMs} ms, longest ${longestMs} ms, CPU ${cpuMs} ms, ${kilobytes} kB`,
  );
if (values.json) console.log(JSON.stringify({ stories, watches, pages: all }));
