// What a text or a name says on its face.
import type { LicenceClass } from '../../types/story.ts';

export interface StatedTerms {
  readonly class: LicenceClass;
  readonly commercial: 'conditional' | 'no' | 'unknown';
  /** At most five words. */
  readonly condition: string | null;
}
