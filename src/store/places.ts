// What channels have learned about their places, by address; stored so that they need not ask again after a restart.
import type { Iso, Json } from '../types/core.ts';
import type { Learned } from '../types/delivery.ts';
import type { Db, Statement } from './define.ts';
import { doc, text } from './rows.ts';

/** Null = nothing is known. */
export async function placeAt(db: Db, address: string): Promise<Json> {
  const [row] = await db.all('SELECT known FROM places WHERE address = $1', [address]);
  return row === undefined ? null : doc<Json>(row, 'known');
}

export function savePlace(address: string, { known, behind }: Learned, now: Iso): Statement {
  return {
    sql: `INSERT INTO places (address, known, at, behind) VALUES ($1, $2, $3, $4)
      ON CONFLICT (address) DO UPDATE SET known = excluded.known, at = excluded.at, behind = excluded.behind`,
    params: [address, JSON.stringify(known), now, behind ? 1 : 0],
  };
}

/** Fails the batch as a conflict if the row has changed since `before` was read, as by a message that was sent. */
export function replacePlace(address: string, before: Json, { known, behind }: Learned, now: Iso): Statement {
  return {
    sql: 'UPDATE places SET known = $3, at = $4, behind = $5 WHERE address = $1 AND known = $2',
    params: [address, JSON.stringify(before), JSON.stringify(known), now, behind ? 1 : 0],
    rows: 1,
  };
}

export interface PlaceBehind {
  readonly address: string;
  readonly known: Json;
}

/** Places where something was postponed, then those last asked for before `asked`; the oldest first. */
export async function placesBehind(db: Db, asked: Iso, limit: number): Promise<readonly PlaceBehind[]> {
  const behind = await db.all('SELECT address, known FROM places WHERE behind = 1 ORDER BY at, address LIMIT $1', [
    limit,
  ]);
  const old = await db.all(
    'SELECT address, known FROM places WHERE behind = 0 AND at < $1 ORDER BY at, address LIMIT $2',
    [asked, limit],
  );
  return [...behind, ...old]
    .slice(0, limit)
    .map((row) => ({ address: text(row, 'address'), known: doc(row, 'known') }));
}

export function forgetPlace(address: string): Statement {
  return { sql: 'DELETE FROM places WHERE address = $1', params: [address] };
}

/** These are channels that no longer exist: the others have been asked for again since. */
export function dropPlacesBefore(at: Iso): Statement {
  return { sql: 'DELETE FROM places WHERE at < $1', params: [at] };
}
