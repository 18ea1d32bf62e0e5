// Where the next page of a list begins, as it stands in an address.
import type { ListPosition } from '../store/listing.ts';

const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)~([\w:.-]{1,100})$/;

export function positionText({ at, id }: ListPosition): string {
  return `${at}~${id}`;
}

/** Null: that is no place in a list. */
export function readPosition(text: string): ListPosition | null {
  const [, at, id] = written.exec(text) ?? [];
  return at === undefined || id === undefined ? null : { at, id };
}
