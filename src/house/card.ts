// The openness card of a story, from the licence table that belongs to the program.
import type { Iso, Openness, Story } from '../types.ts';

export function cardOf(): (story: Story, now: Iso) => Openness | null {
  return () => null;
}
