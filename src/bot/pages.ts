// Pages of a list that is too long for one message, with buttons to the previous and next page.
import type { Language } from '../messages/format.ts';
import type { Button, InteractionReply } from './define.ts';

/** Discord's limit for the id of a button. */
const idMost = 100;

export interface ListPage<T> {
  readonly entries: readonly T[];
  /** Index where the previous page begins; null on the first page. */
  readonly before: number | null;
  /** Index where the next page begins; null on the last page. */
  readonly after: number | null;
}

/** How many of the entries fit; at least one. */
function fitting<T>(entries: Iterable<T>, room: readonly number[], weigh: (entry: T) => readonly number[]): number {
  const left = [...room];
  let n = 0;
  for (const entry of entries) {
    const weights = weigh(entry);
    for (const [index, weight] of weights.entries()) left[index] = (left[index] ?? 0) - weight;
    if (n > 0 && left.some((one) => one < 0)) break;
    n += 1;
  }
  return n;
}

/** The page that begins at `from`, in a list that may have changed since. Weighs only entries of this and the previous page. */
export function pageFrom<T>(
  all: readonly T[],
  from: number,
  room: readonly number[],
  weigh: (entry: T) => readonly number[],
): ListPage<T> {
  const start = Math.max(0, Math.min(Number.isInteger(from) ? from : 0, all.length - 1));
  const end = start + fitting(all.slice(start), room, weigh);
  return {
    entries: all.slice(start, end),
    before: start === 0 ? null : start - fitting(all.slice(0, start).toReversed(), room, weigh),
    after: end < all.length ? end : null,
  };
}

/** A row with buttons to the other pages; empty where there are none. `about` is the query that the list belongs to. */
export function pageButtons(
  list: string,
  { before, after }: ListPage<unknown>,
  language: Language,
  about = '',
): NonNullable<InteractionReply['components']> {
  const { pages } = language.texts.bot;
  const button = (label: string, at: number | null): readonly Button[] => {
    const id = `page:${list}:${at}${about === '' ? '' : `:${about}`}`;
    return at === null || id.length > idMost ? [] : [{ type: 2, style: 2, label, custom_id: id }];
  };
  const components = [...button(pages.before, before), ...button(pages.after, after)];
  return components.length === 0 ? [] : [{ type: 1, components }];
}
