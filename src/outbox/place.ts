// What is stored of a channel's place, given with each page and written with what came of it.
import type { Db, Statement } from '../store/define.ts';
import { placeAt, savePlace } from '../store/places.ts';
import type { Json } from '../types/core.ts';
import type { Outcome } from '../types/delivery.ts';
import { iso } from '../types/time.ts';
import type { OutboxTarget } from './target.ts';

export interface StoredPlace {
  readonly known: () => Json;
  /** For the batch that settles the outcome: nothing when the outcome brought nothing new. */
  readonly learn: (outcome: Outcome, nowMs: number) => readonly Statement[];
}

export async function storedPlace(db: Db, { address }: Pick<OutboxTarget, 'address'>): Promise<StoredPlace> {
  let known = await placeAt(db, address);
  return {
    known: () => known,
    learn: ({ learned }, nowMs) => {
      if (learned === undefined) return [];
      known = learned.known;
      return [savePlace(address, learned, iso(nowMs))];
    },
  };
}
