// A database as an older version left it: the first migrations, and rows of that time.
import type { Db, Statement } from '../../../src/store/define.ts';
import { type Migration, migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations.ts';

export const oldAt = '2025-08-06T06:00:00.000Z';
export const oldLink = 'https://press.example/2025/08/chips';
const promise = 'https://press.example/2025/08/grok-2-promise';

/** Migrations that were on the main branch for a while, and were changed before any release contained them. */
export const earlier: Readonly<Record<string, readonly Migration[]>> = {
  'the names of items without their kinds': [
    changed(1, 'CREATE INDEX items_name', () => ['CREATE INDEX items_name ON items (name_key)']),
  ],
  'no index on names': [changed(1, 'CREATE INDEX items_name', () => [])],
  'promises by a column': [
    ...migrations.slice(0, 2),
    {
      id: 3,
      sql: (migrations[2]?.sql ?? [])
        .filter((line) => !/INDEX stories_(?:updated|key|open|of_lab)/.test(line))
        .map((line) =>
          line.includes('INDEX stories_promised')
            ? 'CREATE INDEX stories_promised ON stories (promised, updated_at)'
            : line,
        ),
    },
  ],
};

function changed(id: number, starts: string, to: () => readonly string[]): Migration {
  const { sql = [] } = migrations.find((one) => one.id === id) ?? {};
  return { id, sql: sql.flatMap((line) => (line.startsWith(starts) ? to() : [line])) };
}

function insert(table: string, row: Readonly<Record<string, string | number | null>>): Statement {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`).join(', ');
  return { sql: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, params: Object.values(row) };
}

const story = {
  id: 'dda74081fccd104d',
  key: 'model:xai/grok/2',
  scope: 'file',
  sort: 'model',
  name: 'Grok 2',
  lab: 'xai',
  family: 'xai/grok',
  subject: null,
  stage: 'pledged',
  releasedAt: null,
  revision: 1,
  openedAt: oldAt,
  updatedAt: oldAt,
  nextAt: null,
  url: promise,
  publishedAt: '2025-08-06T05:40:00.000Z',
  lang: 'en',
  text: null,
  items: [],
  spread: { count: 0, latest: [] },
  audience: ['releases'],
  marks: [{ revision: 1, at: oldAt, turn: 'pledged', detail: '2025-08-11 – 2025-08-17', url: promise }],
  mergedInto: null,
  openness: null,
  pledge: {
    by: 'xAI',
    quoteUrl: promise,
    saidAt: '2025-08-06T05:40:00.000Z',
    dueFrom: '2025-08-11',
    dueTo: '2025-08-17',
    zone: 'America/Los_Angeles',
    confirmed: false,
    state: 'open',
  },
  evidence: [
    {
      url: promise,
      at: oldAt,
      title: 'Elon Musk says xAI will open-source Grok 2 next week',
      kind: 'entry',
      lang: 'en',
    },
  ],
  known: {},
};

/** A feed with a baseline of one entry, a promise, and a card that is still owed to the channel `releases`. */
export function oldRows(feed: string): readonly Statement[] {
  const target = `feed:${feed}`;
  const title = 'Chip makers look back on a busy summer';
  const observation = {
    targetId: target,
    key: oldLink,
    fingerprint: '927575c06131dd79',
    kind: 'entry',
    sort: 'thing',
    about: `feed:${oldLink}`,
    subject: title,
    title,
    url: oldLink,
    publishedAt: '2025-08-03T08:00:00.000Z',
    lang: 'en',
    text: 'A look at the numbers of the quarter.',
    facts: {},
  };
  const filters = { on: null, prereleases: false, include: null, exclude: null, match: null };
  const spec = { filters, to: ['releases'], weight: 1, floorMs: null, firstRun: 'quiet' };
  return [
    insert('targets', {
      id: target,
      source: 'feed',
      address: feed,
      pool: `feed:${new URL(feed).hostname}`,
      cursor: 'null',
      baseline_at: oldAt,
      last_at: oldAt,
      changed_at: oldAt,
      tried_at: oldAt,
      result: 'later',
      reason: '503: the host is busy',
      failing_since: oldAt,
      fails: 1,
      due_at: oldAt,
      hot: 0,
      version: 3,
    }),
    insert('watches', {
      id: `file:${target}`,
      target_id: target,
      spec: JSON.stringify(spec),
      paused: 0,
      since: oldAt,
      added_at: oldAt,
    }),
    insert('items', {
      target_id: target,
      key: oldLink,
      kind: 'entry',
      story_key: `feed:${oldLink}`,
      fingerprint: observation.fingerprint,
      published_at: observation.publishedAt,
      first_seen: oldAt,
      baseline: 1,
      doc: JSON.stringify(observation),
    }),
    insert('stories', {
      id: story.id,
      scope: 'file',
      key: story.key,
      stage: story.stage,
      lab: story.lab,
      revision: 1,
      updated_at: oldAt,
      doc: JSON.stringify(story),
    }),
    insert('verdicts', {
      at: oldAt,
      watch_id: `file:${target}`,
      target_id: target,
      key: oldLink,
      change: 'new',
      told: 0,
      reason: 'first look',
    }),
    insert('deliveries', {
      id: `${story.id}@1>releases/card`,
      channel: 'releases',
      subject: story.id,
      revision: 1,
      form: 'card',
      seq: 1_754_465_400_000_000,
      not_before: oldAt,
      state: 'owed',
      attempts: 0,
      content: 'null',
      sent: '[]',
      made_at: oldAt,
    }),
  ];
}

/** Runs these migrations, then inserts the rows. */
export async function leaveBehind(db: Db, done: readonly Migration[], feed: string): Promise<void> {
  await migrate(db, done);
  await db.batch(oldRows(feed));
}
