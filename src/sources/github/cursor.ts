// What a look leaves for the next one: validators, and a compact form of what was seen.
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../types/core.ts';
import {
  isFields,
  isFlag,
  isListOf,
  isMapOf,
  isNumber,
  isNumberOrNull,
  isPair,
  isText,
  isTextOrNull,
} from '../../types/stored.ts';

/** Of both cursors; increased whenever a field changes. Only cursors of earlier versions go through the slower schemas. */
export const cursorVersion = 1;

/** Names with a short hash of their value: the items of the last answer first, then those seen earlier. */
const list = z.object({
  by: z.enum(['rest', 'graphql', 'feed']),
  /** How many of the first items are those of the last answer, in its order. */
  seen: z.number(),
  /** True = `items` is the complete list, as far as the answers so far have shown. */
  whole: z.boolean(),
  items: z.array(z.tuple([z.string(), z.string()])),
  /** The total, where the last answer gave it. */
  count: z.number().optional(),
});

const repositoryCursor = z.object({
  v: z.literal(cursorVersion).default(cursorVersion),
  there: z.boolean(),
  /** GitHub's id of the known repository; null = no answer has contained it yet. */
  id: z.number().nullable().default(null),
  /** Another repository had this address before, so this one's observations carry its id. */
  successor: z.boolean().default(false),
  /** The current `owner/name` when it differs from the address as written. */
  name: z.string().nullable(),
  /** Identifies the token that the validators belong to: they are invalid for another one. */
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
  /** Hashes of the traits as they were last reported. */
  prints: z.record(z.string(), z.string()),
  releases: list,
  /** By tag: what identifies each of the newest releases when its tag changes (GitHub's id and the publication time). */
  ids: z.record(z.string(), z.string()).default({}),
  /** By current tag: the original tag of a release whose tag was corrected; it stays known by that one. */
  aliases: z.record(z.string(), z.string()).default({}),
  tags: list,
  /** There are more tags than fit on one page. */
  manyTags: z.boolean(),
  /** Tags first seen without a commit → the commit learned later. */
  unpinned: z.record(z.string(), z.string().nullable()),
  /** When recent items were first seen, in milliseconds since the epoch: a lagging replica may hide them again. */
  young: z.record(z.string(), z.number()),
  /** By model: the pull request that adds support for it; null = pull requests were never asked for. */
  support: z
    .record(z.string(), z.object({ number: z.number(), merged: z.boolean(), quiet: z.boolean() }))
    .nullable()
    .default(null),
  /** Number of looks so far. */
  looks: z.number(),
});

const ownerCursor = z.object({
  v: z.literal(cursorVersion).default(cursorVersion),
  there: z.boolean(),
  route: z.enum(['orgs', 'users']),
  keys: z.string(),
  validator: z.string().nullable(),
  /** When all repositories were last read, in milliseconds since the epoch; 0 = never. */
  sweptAt: z.number(),
  /** The time of the newest push to any of its repositories. */
  latest: z.string().nullable(),
  /** The server's count of repositories, how it was asked, and when (milliseconds since the epoch); null = never asked. */
  counted: z
    .object({ by: z.enum(['rest', 'graphql', 'feed']), count: z.number(), at: z.number() })
    .nullable()
    .default(null),
  /** By GitHub's id: the address it was found under, which stays its target after a rename, and a hash of its properties. */
  repositories: z.record(z.string(), z.tuple([z.string(), z.string()])),
});

export type RepositoryCursor = z.infer<typeof repositoryCursor>;
export type OwnerCursor = z.infer<typeof ownerCursor>;
export type KnownList = z.infer<typeof list>;

/** Null for a first look, and for a cursor of an earlier version that can no longer be read. */
export function readRepositoryCursor(cursor: Json): RepositoryCursor | null {
  return isRepositoryCursor(cursor) ? cursor : (repositoryCursor.safeParse(cursor).data ?? null);
}

export function readOwnerCursor(cursor: Json): OwnerCursor | null {
  return isOwnerCursor(cursor) ? cursor : (ownerCursor.safeParse(cursor).data ?? null);
}

const ways: ReadonlySet<unknown> = new Set(['rest', 'graphql', 'feed']);

function isKnownList(value: unknown): boolean {
  return (
    isFields(value) &&
    ways.has(value.by) &&
    isNumber(value.seen) &&
    isFlag(value.whole) &&
    isListOf(value.items, isPair) &&
    (value.count === undefined || isNumber(value.count))
  );
}

function isLicence(value: unknown): boolean {
  return (
    isFields(value) &&
    isTextOrNull(value.spdx) &&
    isText(value.fingerprint) &&
    isMapOf(value.files, isText) &&
    isTextOrNull(value.path)
  );
}

const isSupport = (value: unknown): boolean =>
  isFields(value) && isNumber(value.number) && isFlag(value.merged) && isFlag(value.quiet);

/** Checks the same as the schema, for a cursor of this version. */
function isRepositoryCursor(value: unknown): value is RepositoryCursor {
  return (
    isFields(value) &&
    value.v === cursorVersion &&
    isFlag(value.there) &&
    isNumberOrNull(value.id) &&
    isFlag(value.successor) &&
    isTextOrNull(value.name) &&
    isText(value.keys) &&
    isMapOf(value.validators, isText) &&
    isTextOrNull(value.pushedAt) &&
    isTextOrNull(value.head) &&
    (value.code === null || value.code === 'none' || value.code === 'pushed') &&
    (value.licence === null || isLicence(value.licence)) &&
    isMapOf(value.prints, isText) &&
    isKnownList(value.releases) &&
    isMapOf(value.ids, isText) &&
    isMapOf(value.aliases, isText) &&
    isKnownList(value.tags) &&
    isFlag(value.manyTags) &&
    isMapOf(value.unpinned, isTextOrNull) &&
    isMapOf(value.young, isNumber) &&
    (value.support === null || isMapOf(value.support, isSupport)) &&
    isNumber(value.looks)
  );
}

const isCount = (value: unknown): boolean =>
  isFields(value) && ways.has(value.by) && isNumber(value.count) && isNumber(value.at);

function isOwnerCursor(value: unknown): value is OwnerCursor {
  return (
    isFields(value) &&
    value.v === cursorVersion &&
    isFlag(value.there) &&
    (value.route === 'orgs' || value.route === 'users') &&
    isText(value.keys) &&
    isTextOrNull(value.validator) &&
    isNumber(value.sweptAt) &&
    isTextOrNull(value.latest) &&
    (value.counted === null || isCount(value.counted)) &&
    isMapOf(value.repositories, isPair)
  );
}

/** A 48-bit hash: enough to tell whether one item's value has changed. */
export function shortHash(value: unknown): string {
  return hash('sha256', typeof value === 'string' ? value : JSON.stringify(value), 'base64url').slice(0, 8);
}
