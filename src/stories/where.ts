// Whether a card is what somebody wants to hear of: what is not known never keeps it back. Pure.
import type { Where } from '../types/core.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';
import type { Openness } from '../types/story.ts';

/** Parts of a verdict that say which of several of one beginning is meant. */
const narrowing = ['free licence', 'limited'];

function isWantedVerdict(verdict: string, wanted: readonly string[]): boolean {
  if (wanted.includes(verdict)) return true;
  // What is more open than asked for is what was asked for.
  if (verdict === 'open-data model')
    return wanted.some((one) => one.includes('free licence') || one === 'open weights');
  const parts = verdict.split(', ');
  const narrowed = wanted.some((one) => narrowing.includes(one));
  return narrowed ? parts.every((part) => wanted.includes(part)) : parts.some((part) => wanted.includes(part));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;

/** The smallest whole copy that is there; null = not known. */
function leastBytes({ bytes, smallestDownload }: Openness): number | null {
  const known = [bytes.value, smallestDownload.value].filter((value) => typeof value === 'number');
  return known.length === 0 ? null : Math.min(...known);
}

/** What of the card does not fit; null = nothing, as far as it is known. */
export function misfitOf(card: Openness | null, where: Where): VerdictReason | null {
  if (card === null) return null;
  const commercial = card.commercialUse.value;
  if (where.commercial !== undefined && commercial !== 'unknown') {
    const [kind = commercial] = commercial.split(':');
    if (!where.commercial.includes(kind))
      return { code: 'verdict.where-commercial', params: { value: commercial, wanted: where.commercial.join(', ') } };
  }
  const least = leastBytes(card);
  if (where.maxBytes !== undefined && least !== null && least > where.maxBytes)
    return { code: 'verdict.where-size', params: { size: gigabytes(least), most: gigabytes(where.maxBytes) } };
  const task = card.task.value;
  if (where.tasks !== undefined && task !== 'unknown' && !where.tasks.includes(task))
    return { code: 'verdict.where-task', params: { value: task, wanted: where.tasks.join(', ') } };
  const verdict = card.verdict.value;
  if (where.verdict !== undefined && verdict !== 'unknown' && !isWantedVerdict(verdict, where.verdict))
    return { code: 'verdict.where-verdict', params: { value: verdict, wanted: where.verdict.join(', ') } };
  return null;
}
