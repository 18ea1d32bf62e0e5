// Whether a card meets somebody's conditions; values that are not known never fail them. Pure.
import type { Where } from '../types/core.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';
import type { Openness } from '../types/story.ts';

/** Parts of a verdict that tell apart verdicts with the same beginning. */
const narrowing = ['free licence', 'limited'];

function isWantedVerdict(verdict: string, wanted: readonly string[]): boolean {
  if (wanted.includes(verdict)) return true;
  // A model that is more open than asked for fits too.
  if (verdict === 'open-data model')
    return wanted.some((one) => one.includes('free licence') || one === 'open weights');
  const parts = verdict.split(', ');
  const narrowed = wanted.some((one) => narrowing.includes(one));
  return narrowed ? parts.every((part) => wanted.includes(part)) : parts.some((part) => wanted.includes(part));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`;

/** Bytes of the smallest complete copy; null = not known. */
function leastBytes({ bytes, smallestDownload }: Openness): number | null {
  const known = [bytes.value, smallestDownload.value].filter((value) => typeof value === 'number');
  return known.length === 0 ? null : Math.min(...known);
}

/** The first condition that the card does not meet; null = none, as far as is known. */
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
