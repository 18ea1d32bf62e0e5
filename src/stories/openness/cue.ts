// The terms that the wording of a text or a name states.
import type { LicenceClass } from '../../types/story.ts';

export interface StatedTerms {
  readonly class: LicenceClass;
  readonly commercial: 'conditional' | 'no' | 'unknown';
  /** At most five words. */
  readonly condition: string | null;
}
