// The data sets of a watched account, listed once a day: evidence of what its models were trained on.
import { z } from 'zod';
import type { Facts } from '../../types/core.ts';
import { dayMs } from '../../types/time.ts';
import type { HubClient } from './client.ts';
import { seenDataset } from './details.ts';
import type { ModelDocument } from './document.ts';
import { datasetsOf } from './facts.ts';

const atOnce = 500;
const pagesAtMost = 10;
/** A README may name data sets that no card's metadata names; of those, the newest open ones are kept. */
const newestKept = 30;
const namedKept = 200;
/** A listing has the newest models first; for older ones, the data is read at their next revision. */
const modelsAtMost = 100;

const seen = z.object({ id: z.string(), readable: z.boolean(), licences: z.array(z.string()), extract: z.boolean() });

/** Part of the account's cursor. `at`: the last listing, in milliseconds since the epoch; `sets` null = it failed. */
export const dataKnown = z
  .object({ at: z.number(), sets: z.array(seen).nullable() })
  .nullable()
  .default(null);
export type DataKnown = z.infer<typeof dataKnown>;

const isOf = (owner: string, id: string): boolean => id.toLowerCase().startsWith(`${owner.toLowerCase()}/`);

function namedBy(owner: string, models: readonly ModelDocument[]): readonly string[] {
  const ids = new Set(models.flatMap(datasetsOf).filter((id) => isOf(owner, id)));
  return [...ids].slice(0, namedKept);
}

/** Whether this look also lists the data sets, for which it needs the complete list of models. */
export function isDataDue(known: DataKnown, now: number): boolean {
  return known !== null && (now - known.at >= dayMs || known.at > now);
}

/** If no card names a data set, the first listing is made a day later: then at most a README names one. */
export const waiting = (now: number): DataKnown => ({ at: now, sets: [] });

const entry = z.looseObject({ id: z.string(), createdAt: z.string().optional().catch(undefined) });

/** Null = the list could not be read completely. */
async function listed(client: HubClient, owner: string): Promise<readonly z.infer<typeof entry>[] | null> {
  const words = new URLSearchParams({ author: owner, sort: 'createdAt', direction: '-1', limit: String(atOnce) });
  const all: z.infer<typeof entry>[] = [];
  let search: string | null = `?${words.toString()}`;
  for (let page = 0; search !== null; page += 1) {
    if (page === pagesAtMost) return null;
    const got = await client.json(`/api/datasets${search}`, null);
    if (got.kind !== 'json' || !Array.isArray(got.body)) return null;
    all.push(...got.body.flatMap((one: unknown) => entry.safeParse(one).data ?? []));
    search = got.next;
  }
  return all;
}

/** Lists them at most once a day. A failure is not reported; until the next day nothing is said of data sets. */
export async function askData(
  client: HubClient,
  owner: string,
  models: readonly ModelDocument[],
  { known, now }: { readonly known: DataKnown; readonly now: number },
): Promise<DataKnown> {
  const named = namedBy(owner, models);
  if (known === null && named.length === 0) return waiting(now);
  if (known !== null && !isDataDue(known, now)) return known;
  const all = await listed(client, owner);
  if (all === null) return { at: now, sets: null };
  const byId = new Map(all.map((one) => [one.id.toLowerCase(), one]));
  const absent = { readable: false, licences: [], extract: false };
  const sets = named.map((id) => {
    const there = byId.get(id.toLowerCase());
    return there === undefined ? { id, ...absent } : seenDataset(id, there);
  });
  const further = all
    .filter(({ id }) => isOf(owner, id) && !named.some((one) => one.toLowerCase() === id.toLowerCase()))
    .toSorted((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? ''))
    .map((one) => seenDataset(one.id, one))
    .filter(({ readable }) => readable)
    .slice(0, newestKept);
  return { at: now, sets: [...sets, ...further] };
}

/** For each model of the account: what is known of the data sets that it names or may name. */
export function dataLooksFor(
  models: readonly ModelDocument[],
  known: DataKnown,
): (model: ModelDocument) => Pick<Facts, 'dataLooks'> {
  const sets = known?.sets ?? [];
  if (sets.length === 0) return () => ({});
  const recent = new Set(models.slice(0, modelsAtMost).map(({ id }) => id));
  return (model) => {
    const named = new Set(datasetsOf(model));
    const looks = sets.filter(({ id, readable }) => named.has(id) || (readable && recent.has(model.id)));
    return looks.length === 0 ? {} : { dataLooks: looks };
  };
}
