// A feed as either parser returns it, before its contents are interpreted: texts and links as written.

import { dayMs, hourMs } from '../../types/time.ts';

export interface RawLink {
  readonly href: string;
  /** `alternate` when the feed gives none. */
  readonly rel: string;
  readonly type: string | null;
  /** The link's own xml:base. */
  readonly base: string | null;
}

export interface RawEntry {
  readonly id: string | null;
  /** False for `isPermaLink="false"`. */
  readonly idIsLink: boolean;
  readonly links: readonly RawLink[];
  /** Markup or plain text; '' = none. */
  readonly title: string;
  readonly summary: string;
  /** When it was published, as written; the most reliable first. */
  readonly dates: readonly string[];
  /** When it was updated, as written. */
  readonly updates: readonly string[];
  readonly author: string | null;
  readonly lang: string | null;
  readonly base: string | null;
}

export interface RawFeed {
  /** xml:base of the document and of its channel, outermost first. */
  readonly bases: readonly string[];
  readonly links: readonly RawLink[];
  readonly lang: string | null;
  readonly dates: readonly string[];
  /** From `ttl` and the syndication module, in milliseconds; null = neither is given. */
  readonly restMs: number | null;
  readonly entries: readonly RawEntry[];
}

/** Link relations that do not lead to the entry itself. */
const besides = new Set([
  'self',
  'edit',
  'edit-media',
  'replies',
  'hub',
  'next',
  'prev',
  'first',
  'last',
  'license',
  'author',
  'search',
  'service',
]);

/** Links in the order in which they are tried: the entry's page first, then less likely ones. */
export function ranked(entry: Pick<RawEntry, 'id' | 'idIsLink' | 'links'>): readonly RawLink[] {
  const rank = (link: RawLink): number => {
    if (link.rel === 'alternate') return link.type === null || /html|^text\/?$/i.test(link.type) ? 0 : 1;
    if (link.rel === 'guid') return entry.idIsLink ? 2 : 6;
    if (link.rel === 'enclosure') return 5;
    return besides.has(link.rel) ? 4 : 3;
  };
  // Some generators write the guid, which is a permalink unless it says otherwise, as a path of the site.
  const address = entry.idIsLink ? /^(?:https?:\/\/|\/(?!\/))/i : /^https?:\/\//i;
  const own: RawLink[] =
    entry.id !== null && address.test(entry.id.trim()) ? [{ href: entry.id, rel: 'guid', type: null, base: null }] : [];
  return [...entry.links, ...own].sort((one, other) => rank(one) - rank(other));
}

const periodsMs: Readonly<Record<string, number>> = {
  hourly: hourMs,
  daily: dayMs,
  weekly: 7 * dayMs,
  monthly: 30 * dayMs,
  yearly: 365 * dayMs,
};

/** How long the feed asks to be left alone, in milliseconds: `ttl` in minutes, or `frequency` updates per `period`. */
export function restOf(ttl: string, period: string, frequency: string): number | null {
  const minutes = /^\d{1,7}$/.test(ttl.trim()) ? Number(ttl.trim()) * 60_000 : 0;
  const times = /^\d{1,4}$/.test(frequency.trim()) ? Math.max(1, Number(frequency.trim())) : 1;
  const most = Math.max(minutes, (periodsMs[period.trim().toLowerCase()] ?? 0) / times);
  return most > 0 ? Math.round(most) : null;
}
