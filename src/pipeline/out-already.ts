// Whether the model that a pull request supports is out already, so that nobody is waiting for it any more.
import type { Db } from '../store/define.ts';
import { kindsOfFamily } from '../store/items.ts';
import { storiesNamed } from '../store/stories.ts';
import { compareVersions, lineOfKey } from '../stories/newest.ts';
import type { Reading } from '../stories/reading.ts';
import type { Observation } from '../types/core.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';
import { lineOfName } from './newest.ts';

/** The major version: 2 of 2.5, 3 of k3; null when there is none. */
function majorOf(version: string | null): number | null {
  const digits = /\d+/.exec(version ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}

/** A lab's account has weights of the model, of a later version of its line, or of a later major version of its family. */
async function isShown(db: Db, family: string, { version, line }: Reading): Promise<boolean> {
  const listed = await kindsOfFamily(db, family, false);
  return listed
    .filter(({ kind }) => kind === 'weights')
    .map(({ nameKey }) => lineOfName(nameKey, family))
    .some((shown) => {
      if (shown.line === line) return compareVersions(shown.version ?? '', version ?? '') >= 0;
      const [theirs, mine] = [majorOf(shown.version), majorOf(version)];
      return theirs !== null && mine !== null && theirs > mine;
    });
}

async function isReleased(db: Db, { lab, key }: Reading): Promise<boolean> {
  if (key === null) return false;
  const stories = await storiesNamed(db, ['file'], lab === null ? [] : [lab], [key]);
  return stories.some((story) => story.stage === 'released' && lineOfKey(story.key).version === lineOfKey(key).version);
}

/** The observations among these changes whose model is out, with the reason why they are not told. */
export async function outAlready(
  db: Db,
  changes: readonly { readonly change: { readonly observation: Observation }; readonly reading: Reading }[],
): Promise<ReadonlyMap<Observation, VerdictReason>> {
  const out = new Map<Observation, VerdictReason>();
  for (const { change, reading } of changes) {
    const { family } = reading;
    if (change.observation.kind !== 'support' || family === null) continue;
    if ((await isReleased(db, reading)) || (await isShown(db, family, reading)))
      out.set(change.observation, { code: 'verdict.out-already', params: {} });
  }
  return out;
}
