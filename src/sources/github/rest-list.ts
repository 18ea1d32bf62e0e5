// Reads a list over REST page by page, and confirms by name what seems to have vanished.
import type { BodyPage } from './bodies.ts';
import type { GithubSession } from './client.ts';
import type { KnownList } from './cursor.ts';
import type { Listing } from './document.ts';
import { findDoubtful, findVanished, youngMs } from './listing.ts';
import type { GithubRefusal } from './refusal.ts';

export type ListReply<T> =
  | {
      readonly kind: 'list';
      readonly items: readonly T[];
      readonly whole: boolean;
      /** The number of pages read. */
      readonly pages: number;
      readonly dropped: number;
      /** The server answered 404 for this list. */
      readonly missing: boolean;
      /** The validator of the first page. */
      readonly validator: string | null;
      readonly restMs: number | null;
      /** The total, where it was asked for. */
      readonly count?: number;
    }
  | { readonly kind: 'unchanged'; readonly restMs: number | null }
  | GithubRefusal;

export interface ListAsk<T> {
  readonly route: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly validator: string | undefined;
  readonly read: (body: unknown) => BodyPage<T> | null;
  /** Whether to read another page after these items; at most ten are read. */
  readonly more: (items: readonly T[]) => boolean;
}

const mostPages = 10;

export async function askList<T>(asking: GithubSession, ask: ListAsk<T>): Promise<ListReply<T>> {
  const items: T[] = [];
  let dropped = 0;
  let first: { readonly validator: string | null; readonly restMs: number | null } | null = null;
  for (let page = 1; page <= mostPages; page++) {
    const parameters = page === 1 ? ask.parameters : { ...ask.parameters, page };
    const reply = await asking.get(ask.route, parameters, page === 1 ? ask.validator : undefined);
    switch (reply.kind) {
      case 'later':
      case 'broken':
        return reply;
      case 'unchanged':
        return { kind: 'unchanged', restMs: reply.restMs };
      case 'missing':
      case 'empty':
        // The server has no such list, or the repository no commits: nothing was seen, and nothing counts as gone.
        return {
          kind: 'list',
          items,
          whole: false,
          pages: page,
          dropped,
          missing: reply.kind === 'missing',
          validator: null,
          restMs: null,
        };
      case 'body': {
        const read = ask.read(reply.body);
        if (read === null) return { kind: 'broken', reason: { code: 'github.no-list', params: { route: ask.route } } };
        items.push(...read.items);
        dropped += read.dropped;
        first ??= { validator: reply.validator, restMs: reply.restMs };
        if (!reply.next) return { kind: 'list', items, whole: true, pages: page, dropped, missing: false, ...first };
        if (!ask.more(items))
          return { kind: 'list', items, whole: false, pages: page, dropped, missing: false, ...first };
      }
    }
  }
  const { validator = null, restMs = null } = first ?? {};
  return { kind: 'list', items, whole: false, pages: mostPages, dropped, missing: false, validator, restMs };
}

export function listingOf<T>({ items, whole, count }: Extract<ListReply<T>, { kind: 'list' }>): Listing<T> {
  return { items, whole, absent: [], ...(count === undefined ? {} : { count }) };
}

/** How many absences are confirmed by name in one look; the others wait for the next. */
const mostProofs = 10;

interface Proof<T> {
  readonly known: { readonly list: KnownList; readonly young: (name: string) => boolean };
  readonly nameOf: (item: T) => string;
  readonly ask: (name: string) => { readonly route: string; readonly parameters: Readonly<Record<string, string>> };
}

/** Asks by name for items whose absence from the list is doubtful. */
export async function prove<T>(
  asking: GithubSession,
  reply: Extract<ListReply<T>, { kind: 'list' }>,
  { known, nameOf, ask }: Proof<T>,
): Promise<Listing<T>> {
  const vanished = findVanished(known.list, 'rest', reply.items.map(nameOf), reply.whole);
  const doubtful = findDoubtful(vanished, known.young).slice(0, mostProofs);
  const absent: string[] = [];
  for (const name of doubtful) {
    const { route, parameters } = ask(name);
    const answer = await asking.get(route, parameters);
    if (answer.kind === 'missing') absent.push(name);
  }
  return { ...listingOf(reply), absent };
}

export function isYoung(seenAt: number | undefined, at: number): boolean {
  return seenAt !== undefined && at - seenAt < youngMs;
}
