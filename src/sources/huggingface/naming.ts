// The name under which each of an owner's models was first known: keys and stories keep it through renames.
import type { ModelDocument } from './document.ts';

/** A model's permanent `_id`, shortened → the id under which it was first seen (the `key` in `KeyedModel`). */
export type FirstNames = Readonly<Record<string, string>>;

export interface KeyedModel {
  readonly model: ModelDocument;
  /** The prefix of its keys: its first known id, followed by `~` and its `_id` when another model had that name before. */
  readonly key: string;
  readonly renamedTo: string | null;
  /** The address for its own look; null when two models share a name, so that a look could confuse them. */
  readonly address: string | null;
}

/** For larger accounts only renamed and the newest models are kept, so that a cursor stays below about 150 kB. */
const most = 2_000;

export const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const shortened = (id: string): string => Buffer.from(id, 'hex').toString('base64url');

/** Earlier versions also wrote `@2`. */
const idOf = (key: string): string => key.replace(/[@~].*/, '');

/** The model's own look forms the same name. */
function furtherKey({ id, _id }: ModelDocument): string {
  return `${id}~${_id ?? ''}`;
}

/** `models`: a complete listing, newest first. Where the answer has no `_id`, every name counts as a separate model. */
export function nameModels(
  models: readonly ModelDocument[],
  before: FirstNames,
): { readonly named: readonly KeyedModel[]; readonly names: FirstNames } {
  const listed = models.map((model) => ({ model, lasting: model._id === undefined ? null : shortened(model._id) }));
  const bearers = Map.groupBy(listed, ({ lasting }) => lasting);
  const known = new Map(Object.entries(before));
  // An `_id` that occurs twice identifies neither model.
  const keyed = listed.map(({ model, lasting }) => {
    const lasts = bearers.get(lasting)?.length === 1 ? lasting : null;
    return { model, lasting: lasts, key: lasts === null ? undefined : known.get(lasts) };
  });
  const taken = new Set(keyed.flatMap(({ key }) => (key === undefined ? [] : [key])));
  const keys = new Set(known.values());
  const standing = new Set(models.map((model) => model.id));
  const read = keyed.map(({ model, lasting, key: first }) => {
    const had = taken.has(model.id) || (lasting !== null && keys.has(model.id));
    const key = first ?? (had ? furtherKey(model) : model.id);
    const renamed = !sameName(idOf(key), model.id);
    const shared = key !== idOf(key) || (renamed && standing.has(key));
    const named: KeyedModel = { model, key, renamedTo: renamed ? model.id : null, address: shared ? null : key };
    return { lasting, named };
  });
  const kept = new Map<string, string>();
  const keep = (lasting: string | null, key: string) => {
    if (lasting !== null && !kept.has(lasting) && kept.size < most) kept.set(lasting, key);
  };
  for (const { lasting, named } of read) if (named.key !== named.model.id) keep(lasting, named.key);
  for (const { lasting, named } of read) keep(lasting, named.key);
  // A model that is not listed now may come back, unless another model has taken its key by then.
  const used = new Set(read.map(({ named }) => named.key));
  for (const [lasting, key] of known) if (!used.has(key)) keep(lasting, key);
  return { named: read.map(({ named }) => named), names: Object.fromEntries(kept) };
}
