// What folding needs besides the changes: clock, ids, the reader of texts and the openness card.
import type { FoldContext } from '../stories/fold.ts';
import type { Newest } from '../stories/newest.ts';
import type { ReadObservation } from '../stories/reading.ts';
import type { Matcher } from '../types/change.ts';
import type { Where } from '../types/core.ts';
import type { Openness, Story } from '../types/story.ts';

export interface PipelineContext extends Omit<FoldContext, 'card' | 'scope'> {
  readonly card: (story: Story, newest: Newest) => Openness | null;
  readonly read: ReadObservation;
  readonly matcher: Matcher;
  /** A channel's conditions on the card of a release; left out = none. */
  readonly whereIn?: (channel: string) => Where | null;
}
