// The columns by which lists and searches find stories without reading their documents.
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';

/** Removes what people vary in names: spaces, hyphens and capitals. */
export function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/** Limits for the answers that lists are sorted by: one answer in characters, and all of them together in bytes. */
const briefText = 48;

const briefBytes = 1_500;

function briefAnswer(value: unknown): string | number | null {
  if (typeof value === 'number') return value;
  const text = Array.isArray(value) ? value.slice(0, 4).join(', ') : value;
  return typeof text === 'string' && text !== 'unknown' ? text.slice(0, briefText) : null;
}

/** When a model landed: its publication, if that was earlier than our first look at it. */
export function landedAt({ publishedAt, releasedAt, updatedAt }: Story): Iso {
  const released = releasedAt ?? updatedAt;
  return publishedAt !== null && publishedAt < released ? publishedAt : released;
}

/** What lists need without the document: when the story landed or was opened, and short answers to sort by. */
export function listingOf(story: Story): {
  /** Null = in no list, because it is private or was merged into another story. */
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
    // An entry in a PostgreSQL index is limited to 2,704 bytes.
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
