// The result of one look at a repository or owner, in one form for REST, GraphQL and feeds. Recordings contain this.
import { z } from 'zod';

const time = z.string().nullable().default(null);

const release = z.object({
  /** GitHub's id, which stays when the tag is corrected; null = not in the answer. */
  id: z.number().nullable().default(null),
  tag: z.string(),
  name: z.string().nullable().default(null),
  url: z.string(),
  publishedAt: time,
  prerelease: z.boolean().default(false),
  /** The commit that the tag points to, where the answer contains it. */
  commit: z.string().nullable().default(null),
  /** The release notes; null = there are none, or they were not asked for. */
  text: z.string().nullable().default(null),
});

const tag = z.object({ name: z.string(), commit: z.string().nullable().default(null) });

const pull = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
  createdAt: time,
});

const listing = <T extends z.ZodType>(item: T) =>
  z.object({
    /** In the server's order. */
    items: z.array(item).readonly(),
    /** True = there are no further items. */
    whole: z.boolean().default(false),
    /** Names that were asked for one by one and not found. */
    absent: z.array(z.string()).readonly().default([]),
    /** The total, where the answer contains it. */
    count: z.number().optional(),
  });

const about = z.object({
  url: z.string(),
  description: z.string().nullable().default(null),
  createdAt: time,
  pushedAt: time,
  archived: z.boolean().default(false),
  disabled: z.boolean().default(false),
  visibility: z.enum(['public', 'private']).default('public'),
  stars: z.number().default(0),
  forks: z.number().default(0),
});

const licenceFile = z.object({ sha: z.string(), path: z.string(), url: z.string(), text: z.string().nullable() });

/** A part that is null was not asked for, or has not changed. */
export const repositoryDocument = z.object({
  what: z.literal('repository'),
  /** How it was asked: lists are ordered differently by REST, GraphQL and feeds. */
  by: z.enum(['rest', 'graphql', 'feed']).default('rest'),
  there: z.boolean(),
  /** Address of the web site, without a trailing slash. */
  server: z.string().default('https://github.com'),
  /** The current `owner/name`, as the server spells it. */
  name: z.string(),
  about: about.nullable().default(null),
  /** GitHub's id, which stays through renames; null = not in the answer. */
  id: z.number().nullable().default(null),
  /** Commit at the head of the default branch. */
  head: z.string().nullable().default(null),
  empty: z.boolean().nullable().default(null),
  licence: z
    .object({
      spdx: z.string().nullable(),
      /** null = there is no licence file. */
      file: z.union([licenceFile, z.literal('as before'), z.null()]),
    })
    .nullable()
    .default(null),
  releases: listing(release).nullable().default(null),
  tags: listing(tag).nullable().default(null),
  /** The newest pull requests, and older ones that are followed; null = not asked for. */
  pulls: z.array(pull).readonly().nullable().default(null),
  /** How many items of the answer could not be read. */
  dropped: z.number().default(0),
});

/** Defaults for a repository that does not exist, or of which nothing was asked. */
export const unasked = {
  id: null,
  about: null,
  head: null,
  empty: null,
  licence: null,
  releases: null,
  tags: null,
  pulls: null,
  dropped: 0,
} as const satisfies Partial<z.infer<typeof repositoryDocument>>;

export const ownerDocument = z.object({
  what: z.literal('owner'),
  by: z.enum(['rest', 'graphql', 'feed']).default('rest'),
  there: z.boolean(),
  repositories: z
    .array(about.extend({ id: z.number(), name: z.string(), empty: z.boolean().nullable().default(null) }))
    .readonly()
    .default([]),
  /** True = these are all of the owner's repositories. */
  whole: z.boolean().default(false),
  /** The server's total; null = not asked for. REST and GraphQL count differently. */
  count: z.number().nullable().default(null),
  dropped: z.number().default(0),
});

export type Release = z.infer<typeof release>;
export type Tag = z.infer<typeof tag>;
export type Pull = z.infer<typeof pull>;
export type About = z.infer<typeof about>;
export type LicenceFile = z.infer<typeof licenceFile>;
export interface Listing<T> {
  readonly items: readonly T[];
  readonly whole: boolean;
  readonly absent: readonly string[];
  readonly count?: number | undefined;
}
export type RepositoryDocument = z.infer<typeof repositoryDocument>;
export type OwnerDocument = z.infer<typeof ownerDocument>;
export type OwnedRepository = OwnerDocument['repositories'][number];
export type Way = RepositoryDocument['by'];

const notesCodePoints = 4_000;

/** The beginning of the notes, never cut within a character; null when there are none. */
export function shorten(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  if (text.length <= notesCodePoints) return text;
  return Array.from(text.slice(0, 2 * notesCodePoints))
    .slice(0, notesCodePoints)
    .join('');
}

/** ISO 8601 in UTC; null when it is not a time. */
export function readTime(text: string | null | undefined): string | null {
  if (!text) return null;
  // A fast path: nearly every time has this form, and parsing it as a Date would cost more than the rest of a look.
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return `${text.slice(0, 19)}.000Z`;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

export function spellTag(server: string, name: string, tag: string): string {
  return `${server}/${name}/releases/tag/${tag.split('/').map(encodeURIComponent).join('/')}`;
}
