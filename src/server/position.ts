// The position of a page in a list, as written in an address.
import type { ListPosition } from '../store/listing.ts';

const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)~([\w:.-]{1,100})$/;

export function positionText({ at, id }: ListPosition): string {
  return `${at}~${id}`;
}

/** Null when the text is not a position. */
export function readPosition(text: string): ListPosition | null {
  const [, at, id] = written.exec(text) ?? [];
  return at === undefined || id === undefined ? null : { at, id };
}
