// The databases of the walk tests: SQLite as a file, PostgreSQL as a separate schema.
import type { Db } from '../../../src/store/define.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { kinds } from '../store/databases.ts';

export interface Ground {
  /** Opens the same database again, as after a restart. */
  readonly open: () => Promise<Db>;
  /** Deletes all rows. */
  readonly clear: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

const tables = [
  'meta',
  'leases',
  'targets',
  'finds',
  'watches',
  'items',
  'stories',
  'verdicts',
  'deliveries',
  'messages',
  'channels',
  'pools',
];

async function clear(db: Db): Promise<void> {
  await db.batch(tables.map((table) => ({ sql: `DELETE FROM ${table}`, params: [] })));
}

export const grounds: readonly { readonly name: string; readonly make: () => Promise<Ground> }[] = kinds.map(
  ({ name, make }) => ({
    name,
    make: async () => {
      const place = await make();
      const db = await place.open();
      await migrate(db, migrations);
      return {
        open: place.open,
        clear: () => clear(db),
        drop: async () => {
          await db.close();
          await place.drop();
        },
      };
    },
  }),
);
