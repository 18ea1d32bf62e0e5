// The pledges of the file: reading one for the first time tells nothing; later changes are turns.

import type { PledgeConfig } from '../config/shape.ts';
import { composeFolded } from '../pipeline/compose.ts';
import { scopedKey, storyId } from '../pipeline/story-id.ts';
import { itemsSeen } from '../pipeline/visibility.ts';
import type { Statement } from '../store/define.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import { ownScopes } from '../store/scopes.ts';
import { saveStory, scopeName, storiesByKey, storiesOfAll } from '../store/stories.ts';
import { absorb } from '../stories/absorb.ts';
import type { Folded } from '../stories/fold.ts';
import type { Reading } from '../stories/reading.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { composeContext, type Worker } from './context.ts';
import { enter, openedBy, pledgeKey, pledgeOf } from './file-pledge.ts';

interface Registered {
  readonly statements: readonly Statement[];
  readonly folded: readonly Folded[];
}

interface FiledEntry {
  readonly entry: PledgeConfig;
  readonly reading: Reading;
  readonly key: string;
}

/** The file's story of the model: the stored one, or a new one made from what was seen of it. */
async function filed(worker: Worker, { entry, reading, key }: FiledEntry, now: Iso): Promise<Story> {
  const stored = (await storiesByKey(worker.db, 'file', [key])).get(key);
  if (stored !== undefined) return stored;
  const seeds = await itemsSeen(worker.db, 'file', [key]);
  return seeds.reduce(
    (story, item) => absorb(story, item.observation, worker.read(item.observation, now), now),
    openedBy(entry, { reading, key, id: worker.newId(key), now }),
  );
}

/** Stories for guilds that are told about this model for the first time; each begins as a copy of the file's. */
function begun(story: Story, theirs: readonly Story[], guilds: ReadonlySet<string>): readonly Story[] {
  const have = new Set(theirs.map(({ scope }) => scopeName(scope)));
  return [...guilds]
    .map((guild) => ({ guild }))
    .filter((scope) => !have.has(scopeName(scope)))
    .map((scope) => ({ ...story, id: storyId(scopedKey(scope, story.key)), scope, audience: [], revision: 0 }));
}

async function register(worker: Worker, entry: PledgeConfig, now: Iso): Promise<Registered> {
  const reading = worker.readModel(entry.model, entry.lab);
  const key = pledgeKey(entry, reading);
  const wanted = pledgeOf(entry, reading, entry.due === null ? null : worker.windowOf(entry.due, entry.said));
  const name = `pledge:${key}`;
  const text = JSON.stringify({ wanted, to: entry.to });
  const before = await readMeta(worker.db, name);
  if (before === text) return { statements: [], folded: [] };
  // What the file says applies to everybody, even where people have answered otherwise; channels with a guild's own stories are
  // told through those.
  const own = await ownScopes(worker.db, entry.to);
  const story = await filed(worker, { entry, reading, key }, now);
  const theirs = (await storiesOfAll(worker.db, [key])).filter(({ scope }) => scope !== 'file');
  const stories = [story, ...theirs, ...begun(story, theirs, new Set(own.values()))].map((one) => {
    const { scope } = one;
    const here = entry.to.filter((channel) => own.get(channel) === (scope === 'file' ? undefined : scope.guild));
    return { ...one, audience: [...new Set([...one.audience, ...here])] };
  });
  const entered = stories.map((one) => ({
    before: one.revision,
    ...enter(one, { entry, wanted, anew: before === null }, now),
  }));
  return {
    statements: [
      saveMeta(name, text),
      ...entered.filter(({ marks }) => marks.length === 0).map((one) => saveStory(one.story, one.before)),
    ],
    folded: entered.filter(({ marks }) => marks.length > 0).map((one) => ({ ...one, owes: true })),
  };
}

/** Updates the stories to the file's pledges; turns become owed to the channels of their stories. */
export async function registerPledges(worker: Worker): Promise<void> {
  const now = iso(worker.now());
  const seen = new Set<string>();
  for (const entry of worker.config.pledges) {
    const key = pledgeKey(entry, worker.readModel(entry.model, entry.lab));
    // A story has one promise, so the first entry in the file counts.
    if (seen.has(key)) {
      worker.log.warn(`pledges: a second promise of ${entry.model} is left aside; only the first in the file counts`);
      continue;
    }
    seen.add(key);
    const { statements, folded } = await register(worker, entry, now);
    const owed = await composeFolded(worker.db, folded, composeContext(worker)(now));
    if (statements.length > 0) await worker.db.batch([...statements, ...owed]);
  }
}
