// What is stored about a channel's place: passed along with each page, and written together with its outcome.
import type { Db, Statement } from '../store/define.ts';
import { placeAt, savePlace } from '../store/places.ts';
import type { Json } from '../types/core.ts';
import type { Outcome } from '../types/delivery.ts';
import { iso } from '../types/time.ts';
import type { OutboxTarget } from './target.ts';

export interface StoredPlace {
  readonly known: () => Json;
  /** Statements for the batch that settles the outcome; none if the outcome taught nothing new. */
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
