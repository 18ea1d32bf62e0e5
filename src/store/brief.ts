// What lists and searches read of a story without its document.
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';

/** Names are written with blanks, hyphens and capitals or without: they are compared without. */
export function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/** Longest answer of the openness card that a list is sorted by, in characters; and what all of them take at most, in bytes. */
const briefText = 48;

const briefBytes = 1_500;

function briefAnswer(value: unknown): string | number | null {
  if (typeof value === 'number') return value;
  const text = Array.isArray(value) ? value.slice(0, 4).join(', ') : value;
  return typeof text === 'string' && text !== 'unknown' ? text.slice(0, briefText) : null;
}

/** A model that was there long before we were is no news of today. */
export function landedAt({ publishedAt, releasedAt, updatedAt }: Story): Iso {
  const released = releasedAt ?? updatedAt;
  return publishedAt !== null && publishedAt < released ? publishedAt : released;
}

/** What lists read of a story without its document: when it landed or was opened, and short answers to sort by. */
export function listingOf(story: Story): {
  /** Null: it is in no list, being private or told as another story. */
  readonly listedAt: Iso | null;
  readonly kind: Story['sort'];
  readonly verdict: string | null;
  readonly brief: string;
} {
  const { openness } = story;
  const answers: Record<string, string | number> = {};
  let left = briefBytes;
  for (const [question, { value }] of Object.entries(openness ?? {})) {
    const answer = briefAnswer(value);
    if (answer === null) continue;
    // An index of PostgreSQL takes no entry of more than 2,704 bytes.
    left -= Buffer.byteLength(JSON.stringify([question, answer]));
    if (left < 0) break;
    answers[question] = answer;
  }
  const verdict = openness?.verdict.value ?? 'unknown';
  return {
    listedAt:
      story.mergedInto !== null || story.known.visibility === 'private'
        ? null
        : story.stage === 'released'
          ? landedAt(story)
          : story.openedAt,
    kind: story.sort,
    verdict: verdict === 'unknown' ? null : verdict,
    brief: JSON.stringify({
      name: story.name.slice(0, briefText),
      lab: story.lab,
      answers,
    }),
  };
}
