// Leases: who works on what (a quota pool, a channel, the gateway), until when. Their times are the database's alone.
import type { Db, Statement } from './define.ts';
import { integer } from './rows.ts';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every claim of this name, also by the same holder: whoever has an older one writes nothing. */
  readonly token: number;
}

/** No lease lasts longer: one that would was written before the database's clock was set back. */
const longestMs = 10 * 60_000;

/** Null: somebody else has it. It ends in `lastsMs` unless it is kept. */
export async function claimLease(db: Db, name: string, holder: string, lastsMs: number): Promise<Lease | null> {
  const [row] = await db.all(
    `INSERT INTO leases (name, holder, until, token) VALUES ($1, $2, ${db.clock(lastsMs)}, 1)
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, token = leases.token + 1
      WHERE leases.until <= ${db.clock(0)} OR leases.until > ${db.clock(longestMs)} OR leases.holder = $2
      RETURNING token`,
    [name, holder],
  );
  return row === undefined ? null : { name, holder, token: integer(row, 'token') };
}

const params = ({ name, holder, token }: Lease) => [name, holder, token];

/** Part of a batch that is written only by who still holds the lease, and keeps it for so long. */
export function leaseStatement(db: Pick<Db, 'clock'>, lease: Lease, lastsMs: number): Statement {
  return {
    sql: `UPDATE leases SET until = ${db.clock(lastsMs)} WHERE name = $1 AND holder = $2 AND token = $3`,
    params: params(lease),
    rows: 1,
  };
}

/** False: somebody else has taken it meanwhile. */
export async function keepLease(db: Db, lease: Lease, lastsMs: number): Promise<boolean> {
  const { sql } = leaseStatement(db, lease, lastsMs);
  return (await db.all(`${sql} RETURNING token`, params(lease))).length === 1;
}

/** Free at once; the row stays, for its token. */
export async function releaseLease(db: Db, lease: Lease): Promise<void> {
  await db.batch([
    { sql: `UPDATE leases SET until = '' WHERE name = $1 AND holder = $2 AND token = $3`, params: params(lease) },
  ]);
}
