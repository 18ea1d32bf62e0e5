// What a look leaves behind for the next one: validators, and what was seen in short.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../types/core.ts';

/** Names with a short print of their value: what the last look saw first, then what was seen before it. */
const list = z.object({
  by: z.enum(['rest', 'graphql', 'feed']),
  /** How many of the first items the last answer held, in its order. */
  seen: z.number(),
  /** These, and what the answers since have added, are all there are. */
  whole: z.boolean(),
  items: z.array(z.tuple([z.string(), z.string()])),
  /** How many there were, when the last answer said it. */
  count: z.number().optional(),
});

const repositoryCursor = z.object({
  there: z.boolean(),
  /** GitHub's number of what is known; null: no answer has told it yet. */
  id: z.number().nullable().default(null),
  /** The address was another repository's before: what is said of this one bears its number. */
  successor: z.boolean().default(false),
  /** Where it is now, when it is not at the address that people wrote. */
  name: z.string().nullable(),
  /** Whose validators these are: they are worth nothing with another token. */
  keys: z.string(),
  validators: z.record(z.string(), z.string()),
  pushedAt: z.string().nullable(),
  head: z.string().nullable(),
  code: z.enum(['none', 'pushed']).nullable(),
  licence: z
    .object({
      spdx: z.string().nullable(),
      fingerprint: z.string(),
      files: z.record(z.string(), z.string()),
      path: z.string().nullable(),
    })
    .nullable(),
  /** Prints of the traits as they were last told to the house. */
  prints: z.record(z.string(), z.string()),
  releases: list,
  /** By tag, what tells each of the newest releases whatever its tag: GitHub's number and when it was published. */
  ids: z.record(z.string(), z.string()).default({}),
  /** By tag, the one under which a release whose tag was corrected is known. */
  aliases: z.record(z.string(), z.string()).default({}),
  tags: list,
  /** More tags than one page holds. */
  manyTags: z.boolean(),
  /** Tags first seen without their commit, with the commit that was learned later. */
  unpinned: z.record(z.string(), z.string().nullable()),
  /** When an item was first seen, for a while: lagging replicas may hide it again. Milliseconds since the epoch. */
  young: z.record(z.string(), z.number()),
  /** By the model, the pull request that adds support for it; null: none were ever asked for. */
  support: z
    .record(z.string(), z.object({ number: z.number(), merged: z.boolean(), quiet: z.boolean() }))
    .nullable()
    .default(null),
  /** Looks made so far. */
  looks: z.number(),
});

const ownerCursor = z.object({
  there: z.boolean(),
  route: z.enum(['orgs', 'users']),
  keys: z.string(),
  validator: z.string().nullable(),
  /** When all of its repositories were last read, in milliseconds since the epoch; 0 = never. */
  sweptAt: z.number(),
  /** The newest push among its repositories. */
  latest: z.string().nullable(),
  /** How many the server counted, by which way, and when (milliseconds since the epoch); null: it was not asked. */
  counted: z
    .object({ by: z.enum(['rest', 'graphql', 'feed']), count: z.number(), at: z.number() })
    .nullable()
    .default(null),
  /** By number: the address it was found under, which stays the target after a rename, and a print of what it was like. */
  repositories: z.record(z.string(), z.tuple([z.string(), z.string()])),
});

export type RepositoryCursor = z.infer<typeof repositoryCursor>;
export type OwnerCursor = z.infer<typeof ownerCursor>;
export type KnownList = z.infer<typeof list>;

/** Null for a first look, and for what an earlier version left that is no longer understood. */
export function readRepositoryCursor(cursor: Json): RepositoryCursor | null {
  return repositoryCursor.safeParse(cursor).data ?? null;
}

export function readOwnerCursor(cursor: Json): OwnerCursor | null {
  return ownerCursor.safeParse(cursor).data ?? null;
}

/** 48 bits: enough to tell one value of one key from the next. */
export function print(value: unknown): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('base64url')
    .slice(0, 8);
}
