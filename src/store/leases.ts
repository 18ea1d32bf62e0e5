// Leases: who works on what (a quota pool, a channel, the gateway), until when.
import type { Iso } from '../types/core.ts';
import type { Db, Statement } from './define.ts';

/** True: `holder` has it until `until`. Whoever has it already may claim it again; times are the workers' own clocks. */
export async function claimLease(db: Db, name: string, holder: string, now: Iso, until: Iso): Promise<boolean> {
  const rows = await db.all(
    `INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3)
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
      WHERE leases.until <= $4 OR leases.holder = $2
      RETURNING name`,
    [name, holder, until, now],
  );
  return rows.length === 1;
}

/** Part of a batch that is written only by who still holds the lease, and keeps it until `until`. */
export function leaseStatement(name: string, holder: string, until: Iso): Statement {
  return {
    sql: 'UPDATE leases SET until = $3 WHERE name = $1 AND holder = $2',
    params: [name, holder, until],
    rows: 1,
  };
}

/** False: somebody else has taken it meanwhile. */
export async function keepLease(db: Db, name: string, holder: string, until: Iso): Promise<boolean> {
  return (await db.batch([leaseStatement(name, holder, until)])) === 'done';
}

export async function releaseLease(db: Db, name: string, holder: string): Promise<void> {
  await db.batch([{ sql: 'DELETE FROM leases WHERE name = $1 AND holder = $2', params: [name, holder] }]);
}
