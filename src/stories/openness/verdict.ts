// One line over the whole card. It never says "open source": what we can see does not prove that.
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
  // It needs a model that it changes; how open that is, its own card says.
  if (card.weights.value === 'adapter') return card.gated.value === 'approval' ? 'gated' : 'adapter';
  // A page without weights says nothing of what is to come: only weights that were there and are not any more are closed.
  return card.weights.value === 'withdrawn' ? 'closed' : null;
}

function published(card: Judged): VerdictLine | null {
  // Somebody decides who may have them, so the terms come second.
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
      // The data named by a model made from another may be its fine-tuning data only.
      const whole = card.derivativeOf.value === null && card.inferenceCode.value !== 'unknown';
      return whole && card.trainingData.value === 'public' ? 'open-data model' : 'open weights, free licence';
    }
  }
}

/** Terms that nobody has read limit as far as anybody knows; where nobody even names them, nothing is known. */
function isNamed(licence: string | null): boolean {
  return licence !== null && licence !== 'other' && !licence.startsWith('unknown');
}
