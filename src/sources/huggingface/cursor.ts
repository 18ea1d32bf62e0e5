// The cursors of an owner and of a model: what a look leaves for the next one.
import { z } from 'zod';
import type { Json } from '../../types/core.ts';
import { copiesAsked } from '../quantised/copies.ts';
import { dataKnown } from './datasets.ts';

/** Increased when the same answer is read differently: cursors with another version, and their validators, are discarded. */
export const version = 1;
export const ownerVersion = 2;

const ownerCursor = z.object({
  v: z.literal(ownerVersion),
  etag: z.string().nullable(),
  hash: z.string(),
  plan: z.number(),
  /** The parts that a listing of this owner has contained at some time. */
  knows: z.array(z.string()),
  names: z.record(z.string(), z.string()),
  /** The number of models in the last listing that was believed. */
  count: z.number(),
  /** Since when the listing has been empty but not believed, in milliseconds since the epoch; null = it is not. */
  emptyAt: z.number().nullable(),
  /** The models that existed when copies were first asked for; null = no watch asks for copies. */
  copies: copiesAsked,
  data: dataKnown,
});

const modelCursor = z.object({
  v: z.literal(version),
  etag: z.string().nullable(),
  hash: z.string(),
  /** The model's name at the first look that found it; stories keep it through renames. */
  id: z.string().nullable(),
  /** Its address at the last look, as after two renames the first name may no longer lead to it. */
  place: z.string().nullable().default(null),
  /** Its permanent `_id`; '' where the host does not give one, null where it was not read yet. */
  lasting: z.string().nullable().default(null),
  /** Another model had this address before, so this one's observations carry its `_id`. */
  successor: z.boolean().default(false),
  sha: z.string().nullable(),
  licence: z.object({ blob: z.string().nullable(), mark: z.string() }).nullable(),
  knows: z.array(z.string()),
  copies: copiesAsked,
});

export type AccountCursor = z.infer<typeof ownerCursor>;
export type ModelCursor = z.infer<typeof modelCursor>;

export function readOwnerCursor(cursor: Json): AccountCursor | null {
  return ownerCursor.safeParse(cursor).data ?? null;
}

export function readModelCursor(cursor: Json): ModelCursor | null {
  return modelCursor.safeParse(cursor).data ?? null;
}
