// Leases: who works on what (a quota pool, a channel, the gateway), and until when. All times are the database's.
import type { Db, Statement } from './define.ts';
import { integer, marks, text } from './rows.ts';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Increases with every claim of the name, even by the same holder; an older token can no longer write anything. */
  readonly token: number;
}

/** No lease lasts longer, so a later end was written before the database's clock was set back. */
const longestMs = 10 * 60_000;

/** Null = somebody else has it. Expires after `lastsMs` unless it is renewed. */
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

/** A statement that fails a batch unless the lease is still held, and renews it. */
export function leaseStatement(db: Pick<Db, 'clock'>, lease: Lease, lastsMs: number): Statement {
  return {
    sql: `UPDATE leases SET until = ${db.clock(lastsMs)} WHERE name = $1 AND holder = $2 AND token = $3`,
    params: params(lease),
    rows: 1,
  };
}

/** False = somebody else has taken it. */
export async function keepLease(db: Db, lease: Lease, lastsMs: number): Promise<boolean> {
  const { sql } = leaseStatement(db, lease, lastsMs);
  return (await db.all(`${sql} RETURNING token`, params(lease))).length === 1;
}

/** Frees it, in so many milliseconds for everybody else; the row is kept for its token. */
export async function releaseLease(db: Db, lease: Lease, freeInMs = 0): Promise<void> {
  const until = freeInMs > 0 ? db.clock(Math.ceil(freeInMs)) : "''";
  await db.batch([
    { sql: `UPDATE leases SET until = ${until} WHERE name = $1 AND holder = $2 AND token = $3`, params: params(lease) },
  ]);
}

/** Which of these leases another holder has. */
export async function leasesOfOthers(db: Db, names: readonly string[], holder: string): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT name FROM leases WHERE name IN (${marks(names.length, 2)}) AND until > ${db.clock(0)} AND holder <> $1`,
    [holder, ...names],
  );
  return rows.map((row) => text(row, 'name'));
}

/** Which of these leases have been claimed and have ended. */
export async function leasesEnded(db: Db, names: readonly string[]): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT name FROM leases WHERE name IN (${marks(names.length)}) AND until <= ${db.clock(0)}`,
    names,
  );
  return rows.map((row) => text(row, 'name'));
}
