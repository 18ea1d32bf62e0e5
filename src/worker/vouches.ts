// Applies vouches: what is in the vouched account counts as the lab's own from then on.
import { composeFolded } from '../pipeline/compose.ts';
import type { Statement } from '../store/define.ts';
import { itemsOfStories, renameStory } from '../store/items.ts';
import { storiesByKey, storiesUnder } from '../store/stories.ts';
import { allVouches, dropWithdrawn, freshVouches, takeVouch } from '../store/vouches.ts';
import { type Folded, fold, type StoryChange } from '../stories/fold.ts';
import { merge } from '../stories/merge.ts';
import type { Vouch } from '../types/labs.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { composeContext, type Worker } from './context.ts';

/** The stored items of a story, as changes that show them as the lab's own. */
async function changesOf({ db, read }: Worker, { key }: Story, now: string): Promise<readonly StoryChange[]> {
  const items = await itemsOfStories(db, [key]);
  const own = items.filter(
    ({ goneAt, observation: { kind } }) => goneAt === null && kind !== 'entry' && kind !== 'link',
  );
  return own.map(({ observation }) => {
    const seen = { ...observation, facts: { ...observation.facts, unvouched: null } };
    const change = {
      type: 'edited',
      baseline: false,
      quiet: 'noted',
      observation: seen,
      previous: observation,
    } as const;
    return { change, reading: read(seen, now), role: 'own', told: true, to: [] };
  });
}

/** Continues the story under the model's own name, or merges it with the existing story about that model. */
function named(folded: Folded, key: string, known: Story | undefined, now: string): readonly Folded[] {
  const { story, marks } = folded;
  if (known === undefined || known.id === story.id) return [{ ...folded, story: { ...story, key } }];
  if (known.stage === 'released' || known.mergedInto !== null) return [folded];
  const both = merge({ ...story, key }, known, now);
  const older = both.story.id === story.id;
  return [
    { story: both.younger, before: older ? known.revision : folded.before, marks: [], owes: true },
    {
      story: both.story,
      before: older ? folded.before : known.revision,
      marks: [...marks, ...both.marks],
      owes: true,
    },
  ];
}

async function foldedFor(worker: Worker, story: Story, now: string) {
  const changes = await changesOf(worker, story, now);
  const context = composeContext(worker)(now);
  const folded = fold(
    story,
    { key: story.key, seed: [], changes },
    {
      ...context,
      scope: story.scope,
      card: (one) => context.card(one, { open: null, overall: null }),
    },
  );
  if (folded === null) return { folded: [], statements: [] };
  const reading = changes.find(({ change }) => change.observation.about === folded.story.subject)?.reading;
  const key = reading?.official === true ? reading.key : null;
  if (key === null || reading === undefined) return { folded: [folded], statements: [] };
  const known = (await storiesByKey(worker.db, story.scope, [key])).get(key);
  const lab = { lab: reading.lab, family: reading.family, name: reading.name ?? folded.story.name };
  const all = named({ ...folded, story: { ...folded.story, ...lab } }, key, known, now);
  const moves = story.scope === 'file' && all.some((one) => one.story.key === key);
  return { folded: all, statements: moves ? [renameStory(story.key, key)] : [] };
}

async function settle(worker: Worker, vouch: Vouch): Promise<boolean> {
  const now = iso(worker.now());
  const stories = await storiesUnder(worker.db, vouch.scope, `${vouch.source}:${vouch.account}/`);
  const folded: Folded[] = [];
  const statements: Statement[] = [];
  for (const story of stories) {
    const one = await foldedFor(worker, story, now);
    folded.push(...one.folded);
    statements.push(...one.statements);
  }
  const owed = await composeFolded(worker.db, folded, composeContext(worker)(now));
  const outcome = await worker.db.batch([takeVouch(vouch, now), ...statements, ...owed]);
  // After a conflict, the vouch is applied at the next wake.
  if (outcome !== 'done') return false;
  worker.log.info(
    `${vouch.source}:${vouch.account} counts as ${vouch.lab}'s own${vouch.scope === 'file' ? '' : ' in one server'}`,
  );
  return folded.length > 0;
}

/** True when something has become owed. */
export async function takeVouches(worker: Worker): Promise<boolean> {
  worker.vouch(await allVouches(worker.db));
  let owed = false;
  for (const vouch of await freshVouches(worker.db)) {
    // What is told stays told: the next look judges the account anew.
    if (vouch.lab === '') {
      await worker.db.batch([dropWithdrawn(vouch)]);
      worker.log.info(`${vouch.source}:${vouch.account} is nobody's own any more, as far as was said with \`vouch\``);
    } else owed = (await settle(worker, vouch)) || owed;
  }
  return owed;
}
