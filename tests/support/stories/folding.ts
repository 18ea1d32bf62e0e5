// What tests of folding start from: a promise, a model, its weights, and readings of their names.

import type { FoldContext, Folded, StoryChange } from '../../../src/stories/fold.ts';
import { type Reading, unread } from '../../../src/stories/reading.ts';
import type { Difference } from '../../../src/types/change.ts';
import type { Observation } from '../../../src/types/core.ts';
import type { Story } from '../../../src/types/story.ts';
import { seen } from '../pipeline.ts';

export const key = 'model:xai/grok/2';
export const grok2: Reading = {
  ...unread,
  lab: 'xai',
  family: 'xai/grok',
  key,
  name: 'Grok 2',
  version: '2',
  official: true,
  labName: 'xAI',
  zone: 'America/Los_Angeles',
};
export const promise: Reading = {
  ...grok2,
  official: null,
  label: 'pledge',
  due: { from: '2025-08-11', to: '2025-08-17' },
};
export const article = seen('a', {
  kind: 'entry',
  about: 'feed:https://press.example/a',
  title: 'xAI to open-source Grok 2 next week',
  url: 'https://press.example/a',
  publishedAt: '2025-08-06T05:40:00.000Z',
});
export const model = seen('model', {
  kind: 'model',
  about: 'huggingface:xai-org/grok-2',
  title: 'xai-org/grok-2',
  url: 'https://huggingface.co/xai-org/grok-2',
});
export const weights = {
  ...model,
  key: 'weights',
  kind: 'weights' as const,
  facts: { files: 42, bytes: 500e9, revision: 'abc' },
};

export function context(now: string): FoldContext {
  return { now, scope: 'file', newId: (name) => `id of ${name}`, card: () => null };
}

export function told(
  observation: Observation,
  reading: Reading,
  over: Partial<Difference> = {},
  entry: Partial<StoryChange> = {},
): StoryChange {
  return {
    change: { type: 'new', baseline: false, observation, previous: null, quiet: null, ...over },
    reading,
    role: 'own',
    told: true,
    to: ['releases'],
    ...entry,
  };
}

export function turns(folded: Folded | null): readonly string[] {
  return (folded?.marks ?? []).map((mark) => mark.turn);
}

export function story(folded: Folded | null): Story {
  if (folded === null) throw new Error('nothing was folded');
  return folded.story;
}
