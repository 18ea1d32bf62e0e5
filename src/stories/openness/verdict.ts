// The verdict: one line that sums up the card. It never says "open source": what we can see does not prove that.
import type { Evidence, Fact, Openness } from '../../types/story.ts';

type Judged = Pick<
  Openness,
  'licence' | 'licenceClass' | 'weights' | 'gated' | 'trainingData' | 'inferenceCode' | 'derivativeOf'
>;

type VerdictLine =
  | 'open-data model'
  | 'open weights, free licence'
  | 'open weights, limited'
  | 'research only'
  | 'gated'
  | 'adapter'
  | 'code only'
  | 'closed';

export function verdictOf(
  card: Judged,
  context: { readonly place: 'model' | 'code' | 'none' },
  because: Evidence,
): Fact<string> {
  const line = card.weights.value === 'published' ? published(card) : absent(card, context.place);
  return line === null ? { value: 'unknown', how: 'unknown', because } : { value: line, how: 'derived', because };
}

function absent(card: Judged, place: 'model' | 'code' | 'none'): VerdictLine | null {
  if (place === 'code') return 'code only';
  // An adapter needs its base model; how open that is, the base model's card says.
  if (card.weights.value === 'adapter') return card.gated.value === 'approval' ? 'gated' : 'adapter';
  // A page without weights says nothing about the future: only weights that were there and are gone count as closed.
  return card.weights.value === 'withdrawn' ? 'closed' : null;
}

function published(card: Judged): VerdictLine | null {
  // The owner decides who gets the weights, so the licence's terms come second.
  if (card.gated.value === 'approval') return 'gated';
  switch (card.licenceClass.value) {
    case 'unknown':
      return null;
    case 'research-only':
      return 'research only';
    case 'none':
      return isNamed(card.licence.value) ? 'open weights, limited' : null;
    case 'non-commercial':
    case 'permissive-with-limits':
      return 'open weights, limited';
    case 'osi':
    case 'open-data': {
      // A model made from another may name only its fine-tuning data.
      const whole = card.derivativeOf.value === null && card.inferenceCode.value !== 'unknown';
      return whole && card.trainingData.value === 'public' ? 'open-data model' : 'open weights, free licence';
    }
  }
}

/** Terms that nobody has read count as limiting; when they are not even named, nothing is known. */
function isNamed(licence: string | null): boolean {
  return licence !== null && licence !== 'other' && !licence.startsWith('unknown');
}
