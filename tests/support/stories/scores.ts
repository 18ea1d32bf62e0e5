// Scores for predicted labels: the F1 of each label, and their mean.
import type { Label } from '../../../src/stories/headlines/reading.ts';

const labels: readonly Label[] = ['pledge', 'release', 'rumour', 'unrelated'];

/** `pairs`: the right label and the predicted one. */
export function macroF1(pairs: readonly (readonly [string, string])[]): number {
  const scores = labels.map((label) => {
    const hit = pairs.filter(([right, said]) => right === label && said === label).length;
    const all = pairs.filter(([right, said]) => right === label || said === label).length;
    return hit === 0 ? 0 : (2 * hit) / (hit + all);
  });
  return scores.reduce((sum, score) => sum + score, 0) / labels.length;
}
