// Recognises session parameters in links: their values differ at every look although the page is the same.
import { z } from 'zod';
import type { Json } from '../../types/core.ts';
import { identityOf } from './links.ts';
import { digest } from './text.ts';

/** What is remembered about one parameter of one host. */
const memoryShape = z.object({
  /** The parameter identifies pages: one link occurred with several of its values at once. */
  names: z.boolean(),
  /** The parameter was found to carry a session id; from then on its first value replaces all others. */
  pinned: z.boolean(),
  /** Digest of the link without the parameter → the parameter's value when the link was first seen. */
  values: z.record(z.string(), z.string()),
});
type Memory = z.infer<typeof memoryShape>;

/** `host parameter` → what is remembered about it. */
export const sessionsShape = z.record(z.string(), memoryShape).catch({});
export type Sessions = z.infer<typeof sessionsShape>;

export interface Identities {
  /** A link's normal form, with session parameters fixed to one value. */
  readonly of: (link: string) => string;
  /** The link without session parameters. */
  readonly plain: (link: string) => string;
  /** To be stored for the next look. */
  readonly sessions: Sessions & Readonly<Record<string, Json>>;
}

const parametersAtMost = 20;
/** The most links whose values are remembered; a document with more is not examined. */
const valuesAtMost = 2_000;
const valueAtMost = 200;

interface Part {
  readonly name: string;
  readonly value: string;
}

/** Split textually, not with URLSearchParams: parsing and serialising would change the encoding. */
const partsOf = (query: string): readonly Part[] =>
  query.split('&').map((pair) => {
    const cut = pair.indexOf('=');
    return cut === -1 ? { name: pair, value: '' } : { name: pair.slice(0, cut), value: pair.slice(cut + 1) };
  });

const queryOf = (parts: readonly Part[]): string =>
  parts.map(({ name, value }) => (value === '' ? name : `${name}=${value}`)).join('&');

/** Splits a normalised link into host, the part before the query, the query and the fragment. */
function split(
  identity: string,
): { readonly host: string; readonly before: string; readonly query: string; readonly after: string } | null {
  const hash = identity.indexOf('#');
  const end = hash === -1 ? identity.length : hash;
  const mark = identity.indexOf('?');
  if (mark === -1 || mark > end) return null;
  const before = identity.slice(0, mark);
  return {
    host: before.slice('https://'.length).split('/', 1)[0] ?? '',
    before,
    query: identity.slice(mark + 1, end),
    after: identity.slice(end),
  };
}

/** Digest of a link without this parameter. */
const baseOf = (identity: string, name: string): string => {
  const at = split(identity);
  if (at === null) return digest(identity).slice(0, 12);
  return digest(`${at.before}?${queryOf(partsOf(at.query).filter((part) => part.name !== name))}${at.after}`).slice(
    0,
    12,
  );
};

/** By `host parameter`: link without the parameter (digest) → its values. */
function valuesIn(identities: Iterable<string>): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  let links = 0;
  for (const identity of identities) {
    const at = split(identity);
    if (at === null) continue;
    links += 1;
    if (links > valuesAtMost) return new Map();
    for (const { name, value } of partsOf(at.query).slice(0, parametersAtMost)) {
      if (value.length > valueAtMost) continue;
      const key = `${at.host} ${name}`;
      const bases = found.get(key) ?? new Map<string, Set<string>>();
      const base = baseOf(identity, name);
      bases.set(base, (bases.get(base) ?? new Set()).add(value));
      if (found.has(key) || found.size < parametersAtMost) found.set(key, bases);
    }
  }
  return found;
}

/** A session parameter: in every link that was there before, its value has changed and nothing else has. */
function isSession(memory: Memory, now: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (memory.names || memory.pinned) return false;
  const common = [...now].filter(([base]) => memory.values[base] !== undefined);
  // A single changed link proves nothing: it may be the next item of a short list.
  return common.length > 1 && common.every(([base, values]) => !values.has(memory.values[base] ?? ''));
}

const namesThings = (now: ReadonlyMap<string, ReadonlySet<string>>): boolean =>
  [...now.values()].some((values) => values.size > 1);

/** Replaces the values of session parameters by the remembered ones. */
function pinnedIn(identity: string, sessions: Sessions): string {
  const at = split(identity);
  if (at === null) return identity;
  const parts = partsOf(at.query).map((part) => {
    const memory = sessions[`${at.host} ${part.name}`];
    if (memory?.pinned !== true) return part;
    return { ...part, value: memory.values[baseOf(identity, part.name)] ?? Object.values(memory.values)[0] ?? '' };
  });
  return `${at.before}?${queryOf(parts)}${at.after}`;
}

function plainOf(link: string, sessions: Sessions): string {
  const at = link.includes('?') ? split(link) : null;
  const host = at === null ? '' : (split(identityOf(link))?.host ?? '');
  if (at === null || !partsOf(at.query).some(({ name }) => sessions[`${host} ${name}`]?.pinned === true)) return link;
  const kept = queryOf(partsOf(at.query).filter(({ name }) => sessions[`${host} ${name}`]?.pinned !== true));
  return `${at.before}${kept === '' ? '' : `?${kept}`}${at.after}`;
}

/** How to compare the links of this look, given what earlier looks saw. Pure. */
export function identitiesOf(links: Iterable<string>, before: Sessions): Identities {
  const identities = new Set<string>();
  for (const link of links) if (link.includes('?')) identities.add(identityOf(link));
  const sessions: Record<string, Memory> = Object.fromEntries(
    Object.entries(before).filter(([, memory]) => memory.pinned),
  );
  for (const [key, now] of valuesIn(identities)) {
    const memory = before[key];
    if (memory?.pinned !== true && memory !== undefined && isSession(memory, now))
      sessions[key] = { ...memory, pinned: true };
  }
  const of = (link: string): string => (link.includes('?') ? pinnedIn(identityOf(link), sessions) : identityOf(link));
  const known = new Map([...identities].map((identity) => [pinnedIn(identity, sessions), identity]));
  for (const [key, now] of valuesIn(known.keys())) {
    const memory = sessions[key];
    if (memory?.pinned === true) continue;
    const names = before[key]?.names === true || namesThings(now);
    const values = names ? {} : Object.fromEntries([...now].map(([base, [value = '']]) => [base, value]));
    sessions[key] = { names, pinned: false, values };
  }
  return { of, plain: (link) => plainOf(link, sessions), sessions };
}
