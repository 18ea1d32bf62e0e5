// What lands on a story that is there already: a further size or variant, or the weights of what had only news. Pure.

import type { Difference } from '../types/change.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Mark, Story } from '../types/story.ts';
import { isModelKey } from './absorb.ts';
import { isNews } from './news.ts';
import type { Reading } from './reading.ts';

/** What comes sooner after a release belongs to it and rings no more. */
const landingMs = 24 * 3_600_000;
const partsKept = 100;

/** How a story remembers that this has landed; null for what lands nothing. */
function partOf({ kind }: Observation, reading: Reading): string | null {
  if (reading.part === undefined) return null;
  if (kind === 'weights') return `weights ${reading.part}`;
  return isNews(kind) && reading.label === 'release' ? `news ${reading.part}` : null;
}

/** The story with what has landed on it. */
export function withPart(story: Story, observation: Observation, reading: Reading): Story {
  const part = isModelKey(story.key) ? partOf(observation, reading) : null;
  const parts = story.parts ?? [];
  return part === null || parts.includes(part) ? story : { ...story, parts: [...parts, part].slice(-partsKept) };
}

/** Since when it is out, or where there is only news, since it was first told. */
function since({ stage, releasedAt, openedAt }: Story): Iso {
  return stage === 'released' ? (releasedAt ?? openedAt) : openedAt;
}

/** The turn of a landing that is heard: it names what has come. `begun`: the story before this look. */
export function landing(
  begun: Story,
  { type, baseline, quiet, previous, observation }: Difference,
  reading: Reading,
  now: Iso,
): Omit<Mark, 'revision'> | null {
  const part = isModelKey(begun.key) ? partOf(observation, reading) : null;
  if (part === null || begun.revision === 0 || begun.parts === undefined) return null;
  if (type !== 'new' || baseline || quiet !== null || previous !== null) return null;
  if (Date.parse(now) - Date.parse(since(begun)) < landingMs) return null;
  const out = begun.stage === 'released';
  const news = isNews(observation.kind);
  const named = reading.part !== '';
  // The first weights of a story are its release, and news of what is out tells nothing but a further part of it.
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
