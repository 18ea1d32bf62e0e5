// Whether a quantised copy of a model in this format exists already, whoever made it: only the first of each format is told.
import type { Db } from '../store/define.ts';
import { itemsOfStories } from '../store/items.ts';
import type { Change, Observation } from '../types/core.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';

interface Packed {
  readonly storyKey: string;
  readonly change: Pick<Change, 'type' | 'observation'>;
}

const formatOf = ({ facts }: Observation): string => facts.quantised?.format ?? '';

/** The copies among these changes that are not the first of their format, with the reason why they are not told. */
export async function packedAlready(
  db: Db,
  changes: readonly Packed[],
): Promise<ReadonlyMap<Observation, VerdictReason>> {
  const packed = changes.filter(({ change }) => change.observation.kind === 'quantised' && change.type === 'new');
  const already = new Map<Observation, VerdictReason>();
  if (packed.length === 0) return already;
  const seen = new Set(
    (await itemsOfStories(db, [...new Set(packed.map(({ storyKey }) => storyKey))]))
      .filter(({ observation }) => observation.kind === 'quantised')
      .map(({ storyKey, observation }) => `${storyKey} ${formatOf(observation)}`),
  );
  for (const { storyKey, change } of packed) {
    const format = formatOf(change.observation);
    const name = `${storyKey} ${format}`;
    if (seen.has(name)) already.set(change.observation, { code: 'verdict.quantised-already', params: { format } });
    seen.add(name);
  }
  return already;
}
