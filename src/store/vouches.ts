// Accounts attributed to labs by people: by the file's operators for everybody, by a guild for itself.
import type { Iso } from '../types/core.ts';
import type { Vouch } from '../types/labs.ts';
import type { Db, Row, Statement } from './define.ts';
import { text } from './rows.ts';

function vouchOf(row: Row): Vouch {
  const scope = text(row, 'scope');
  return {
    scope: scope === 'file' ? 'file' : { guild: scope.slice('guild:'.length) },
    source: text(row, 'source'),
    account: text(row, 'account'),
    lab: text(row, 'lab'),
  };
}

const nameOf = (scope: Vouch['scope']): string => (scope === 'file' ? 'file' : `guild:${scope.guild}`);

/** The last vouch for an account counts. */
export function saveVouch({ scope, source, account, lab }: Vouch, now: Iso): Statement {
  return {
    sql: `INSERT INTO vouches (scope, source, account, lab, at, taken_at) VALUES ($1, $2, $3, $4, $5, NULL)
      ON CONFLICT (scope, source, account) DO UPDATE SET lab = excluded.lab, at = excluded.at, taken_at = NULL`,
    params: [nameOf(scope), source, account.toLowerCase(), lab, now],
  };
}

export async function allVouches(db: Db): Promise<readonly Vouch[]> {
  return (await db.all(`SELECT * FROM vouches WHERE lab <> '' ORDER BY at, scope, source, account`)).map(vouchOf);
}

/** Vouches that no worker has applied yet. */
export async function freshVouches(db: Db): Promise<readonly Vouch[]> {
  return (await db.all(`SELECT * FROM vouches WHERE taken_at IS NULL ORDER BY at, scope, source, account`)).map(
    vouchOf,
  );
}

/** Compares the lab as well, so that a newer vouch is kept. */
export function takeVouch({ scope, source, account, lab }: Vouch, now: Iso): Statement {
  return {
    sql: `UPDATE vouches SET taken_at = $5 WHERE scope = $1 AND source = $2 AND account = $3 AND lab = $4`,
    params: [nameOf(scope), source, account.toLowerCase(), lab, now],
  };
}

type Account = Omit<Vouch, 'lab'>;

/** Takes a vouch back; the row stays until a worker has seen it. False: nobody vouched for that account. */
export async function withdrawVouch(db: Db, { scope, source, account }: Account, now: Iso): Promise<boolean> {
  const place = [nameOf(scope), source, account.toLowerCase()];
  const [row] = await db.all(
    `SELECT account FROM vouches WHERE scope = $1 AND source = $2 AND account = $3 AND lab <> ''`,
    place,
  );
  if (row === undefined) return false;
  await db.batch([
    {
      sql: `UPDATE vouches SET lab = '', at = $4, taken_at = NULL WHERE scope = $1 AND source = $2 AND account = $3`,
      params: [...place, now],
    },
  ]);
  return true;
}

/** Deletes what was taken back; what was vouched for again meanwhile stays. */
export function dropWithdrawn({ scope, source, account }: Account): Statement {
  return {
    sql: `DELETE FROM vouches WHERE scope = $1 AND source = $2 AND account = $3 AND lab = ''`,
    params: [nameOf(scope), source, account.toLowerCase()],
  };
}
