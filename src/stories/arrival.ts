// What arrives for an existing story: a further size or variant, or the weights of what was only news. Pure.

import type { Difference } from '../types/change.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Mark, Story } from '../types/story.ts';
import { isModelKey } from './absorb.ts';
import { isNews } from './news.ts';
import type { Reading } from './reading.ts';

/** What arrives sooner than this after a release counts as part of it and is not told again. */
const arrivalMs = 24 * 3_600_000;
const partsKept = 100;

/** The key under which a story remembers this arrival; null for what is not one. */
function partOf({ kind }: Observation, reading: Reading): string | null {
  if (reading.part === undefined) return null;
  if (kind === 'weights') return `weights ${reading.part}`;
  return isNews(kind) && reading.label === 'release' ? `news ${reading.part}` : null;
}

/** The story with this arrival recorded. */
export function withPart(story: Story, observation: Observation, reading: Reading): Story {
  const part = isModelKey(story.key) ? partOf(observation, reading) : null;
  const parts = story.parts ?? [];
  return part === null || parts.includes(part) ? story : { ...story, parts: [...parts, part].slice(-partsKept) };
}

/** When it was released or, while there is only news, when its story opened. */
function since({ stage, releasedAt, openedAt }: Story): Iso {
  return stage === 'released' ? (releasedAt ?? openedAt) : openedAt;
}

/** The turn of an arrival that is told, naming what arrived; null when nothing is. `begun`: the story before this look. */
export function arrival(
  begun: Story,
  { type, baseline, quiet, previous, observation }: Difference,
  reading: Reading,
  now: Iso,
): Omit<Mark, 'revision'> | null {
  const part = isModelKey(begun.key) ? partOf(observation, reading) : null;
  if (part === null || begun.revision === 0 || begun.parts === undefined) return null;
  if (type !== 'new' || baseline || quiet !== null || previous !== null) return null;
  if (Date.parse(now) - Date.parse(since(begun)) < arrivalMs) return null;
  const out = begun.stage === 'released';
  const news = isNews(observation.kind);
  const named = reading.part !== '';
  // The first weights of a story are its release; news of a released model is an arrival only when it names a size or variant.
  if (news ? out && !named : !out) return null;
  const known = begun.parts.includes(part) || (news && begun.parts.includes(`weights ${reading.part ?? ''}`));
  if (known) return null;
  return {
    at: now,
    turn: news ? 'said to be out' : 'weights arrived',
    detail: news && !named ? null : observation.title,
    url: observation.url,
  };
}
