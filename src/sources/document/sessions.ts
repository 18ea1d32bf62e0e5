// Parameters that only say who is reading: a session's name is another at every look, and the page is the same.
import { z } from 'zod';
import type { Json } from '../../types/core.ts';
import { identityOf } from './links.ts';
import { digest } from './text.ts';

/** What is remembered of one parameter of one host. */
const memoryShape = z.object({
  /** It tells things apart: one address stood there with several values of it at once. */
  names: z.boolean(),
  /** It was found to be a session's; the value that stands for all others from then on. */
  pinned: z.boolean(),
  /** Link without the parameter (digest) → the value that it had when it was first seen. */
  values: z.record(z.string(), z.string()),
});
type Memory = z.infer<typeof memoryShape>;

/** `host parameter` → what is remembered. */
export const sessionsShape = z.record(z.string(), memoryShape).catch({});
export type Sessions = z.infer<typeof sessionsShape>;

export interface Identities {
  /** One form for all ways to write a link, whoever is reading it. */
  readonly of: (link: string) => string;
  /** The link without what only says who is reading it. */
  readonly plain: (link: string) => string;
  /** For the next look. */
  readonly sessions: Sessions & Readonly<Record<string, Json>>;
}

const parametersAtMost = 20;
/** Links whose values are remembered; of more, none are compared. */
const valuesAtMost = 2_000;
const valueAtMost = 200;

interface Part {
  readonly name: string;
  readonly value: string;
}

/** Kept byte for byte: a query that is parsed and written again comes out different. */
const partsOf = (query: string): readonly Part[] =>
  query.split('&').map((pair) => {
    const cut = pair.indexOf('=');
    return cut === -1 ? { name: pair, value: '' } : { name: pair.slice(0, cut), value: pair.slice(cut + 1) };
  });

const queryOf = (parts: readonly Part[]): string =>
  parts.map(({ name, value }) => (value === '' ? name : `${name}=${value}`)).join('&');

/** An identity, taken apart at its query. */
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

/** Without this parameter, as a short name. */
const baseOf = (identity: string, name: string): string => {
  const at = split(identity);
  if (at === null) return digest(identity).slice(0, 12);
  return digest(`${at.before}?${queryOf(partsOf(at.query).filter((part) => part.name !== name))}${at.after}`).slice(
    0,
    12,
  );
};

/** Of each parameter: link without it → its values. */
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

/** Whether it alone changed in every link that carries it, as far as these links were there before. */
function isSession(memory: Memory, now: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (memory.names || memory.pinned) return false;
  const common = [...now].filter(([base]) => memory.values[base] !== undefined);
  // One link that has become another may as well be the next item of a short list.
  return common.length > 1 && common.every(([base, values]) => !values.has(memory.values[base] ?? ''));
}

const namesThings = (now: ReadonlyMap<string, ReadonlySet<string>>): boolean =>
  [...now.values()].some((values) => values.size > 1);

/** With the value that stands for all others in each session's parameter. */
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

/** How the links of this look are known, by what earlier looks saw. Pure. */
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
