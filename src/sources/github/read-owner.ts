// Turns an owner's document into observations and further targets, given what was known. Pure.
import type { Json, Observation, PollResult, Target } from '../../types/core.ts';
import { cursorVersion, type OwnerCursor, shortHash } from './cursor.ts';
import type { OwnedRepository, OwnerDocument } from './document.ts';
import type { Kept } from './read-repository.ts';
import { readOwnFacts } from './traits.ts';

interface OwnerLook {
  readonly before: OwnerCursor | null;
  readonly document: OwnerDocument;
  readonly kept: Kept & { readonly route: OwnerCursor['route']; readonly server: string };
}

export function readOwner(target: Target, { before, document, kept }: OwnerLook, at: number): PollResult {
  const known = before?.repositories ?? {};
  // Where an item could not be read, a missing repository may be that item.
  const whole = document.whole && document.dropped === 0;
  const owned = document.repositories.map((one) => ({
    one,
    address: known[String(one.id)]?.[0] ?? nameFor(one, known),
  }));
  const hashes = Object.fromEntries(
    owned.map(({ one, address }): [string, [string, string]] => [String(one.id), [address, hashOwned(one)]]),
  );
  const next: OwnerCursor = {
    v: cursorVersion,
    there: document.there,
    route: kept.route,
    keys: kept.keys,
    validator: kept.validators.owner ?? null,
    sweptAt: whole ? at : (before?.sweptAt ?? at),
    latest: latestPush(document, before),
    counted: keepCount(document, before, whole, at),
    repositories: whole ? hashes : { ...known, ...hashes },
  };
  const shared = { cursor: next as Json, restMs: kept.restMs };
  const unmoved = before?.there === document.there && shortHash(sorted(known)) === shortHash(sorted(next.repositories));
  if (unmoved) return { kind: 'same', ...shared };
  const shown = whole ? owned : owned.filter(({ one }) => known[String(one.id)]?.[1] !== hashOwned(one));
  return {
    kind: 'fresh',
    ...shared,
    there: document.there,
    observations: shown.map(({ one, address }) => observe(target, one, address)),
    gone: [],
    window: whole ? 'all' : 'newest',
    found: shown
      .filter(({ address }) => !isShared(address, owned))
      .map(({ one, address }) => ({
        target: {
          id: `github:${plain(address).toLowerCase()}`,
          source: 'github',
          address: plain(address),
          shape: null,
        },
        mark: one.pushedAt,
        whole: false,
      })),
    answer: { type: 'json', body: JSON.stringify(document), url: `${kept.server}/${target.address}` },
  };
}

/** The repository's address; with its id appended when another repository had that address before. */
function nameFor({ id, name }: OwnedRepository, known: OwnerCursor['repositories']): string {
  const had = Object.entries(known).some(
    ([other, [address]]) => other !== String(id) && plain(address).toLowerCase() === name.toLowerCase(),
  );
  return had ? `${name}~${id}` : name;
}

function plain(address: string): string {
  return address.replace(/~\d*$/, '');
}

/** The old and the new repository of a reused address cannot both be looked at under it; the old one keeps it. */
function isShared(address: string, owned: readonly { readonly address: string }[]): boolean {
  return plain(address) !== address && owned.some((other) => other.address === plain(address));
}

/** A lagging replica may count more than it lists; storing the number listed makes the next look read all pages again. */
function keepCount(
  { by, count, repositories }: OwnerDocument,
  before: OwnerCursor | null,
  whole: boolean,
  at: number,
): OwnerCursor['counted'] {
  if (count === null) return before?.counted ?? null;
  return { by, count: by === 'graphql' && whole ? repositories.length : count, at };
}

function hashOwned({ name, pushedAt, archived, visibility, description }: OwnedRepository): string {
  return shortHash([name, pushedAt, archived, visibility, description]);
}

function sorted(repositories: OwnerCursor['repositories']): readonly string[] {
  return Object.entries(repositories)
    .map(([id, [address, value]]) => `${id} ${address} ${value}`)
    .sort();
}

function latestPush(document: OwnerDocument, before: OwnerCursor | null): string | null {
  const pushes = document.repositories.flatMap((one) => (one.pushedAt === null ? [] : [one.pushedAt]));
  return pushes.reduce<string | null>(
    (latest, push) => (latest === null || push > latest ? push : latest),
    before?.latest ?? null,
  );
}

function observe(target: Target, one: OwnedRepository, address: string): Observation {
  return {
    targetId: target.id,
    // The id stays when a repository is renamed.
    key: `repo:${one.id}`,
    fingerprint: 'there',
    kind: 'repo',
    sort: 'thing',
    // The same subject as in the repository's own look.
    about: `github:${address.toLowerCase()}`,
    subject: null,
    title: one.name,
    url: one.url,
    // Unknown: it may have been created, or even pushed to, long before it was made public.
    publishedAt: null,
    lang: null,
    text: one.description,
    facts: { ...readOwnFacts(one), ...(one.empty === null ? {} : { empty: one.empty }) },
  };
}
