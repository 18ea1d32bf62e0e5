// Moves stories whose key was made by an earlier version of the naming rules to the key and name of the current rules.

import { itemsOfStories, renameStory } from '../store/items.ts';
import { readMeta, renameMeta, saveMeta } from '../store/meta.ts';
import { modelStories, nameOf, saveStory } from '../store/stories.ts';
import { startOfDay } from '../stories/days.ts';
import type { Reading } from '../stories/reading.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';

const metaKey = 'story keys';
/** To be increased when the same words give another key than before. */
const rule = '2';

/** The reading of a promised model that was never looked at, from the configuration's pledge. */
function promisedName({ config, readModel }: Worker, { key, family, pledge }: Story): Reading | null {
  const entries = config.pledges.filter(
    ({ by, source, said, zone }) =>
      pledge !== null &&
      by === pledge.by &&
      source === pledge.quoteUrl &&
      startOfDay(said, zone ?? pledge.zone) === pledge.saidAt,
  );
  const readings = entries.map(({ model, lab }) => readModel(model, lab)).filter((one) => one.family === family);
  return readings.find((one) => one.key?.startsWith(key) === true) ?? null;
}

/** Reads again what a stored story is about: its artefact, or the first item about it. */
async function readAnew(worker: Worker, story: Story): Promise<Reading> {
  const { db, read, readModel, now } = worker;
  const items = (await itemsOfStories(db, [story.key])).map(({ observation }) => observation);
  const about = items.find((one) => one.about === story.subject) ?? items[0];
  if (about !== undefined) return read(about, iso(now()));
  return promisedName(worker, story) ?? readModel(story.name, null);
}

function rekeyed(story: Story, { key, family, name }: Reading): Story | null {
  if (key === null || family !== story.family) return null;
  const later = /~.*/.exec(story.key)?.[0] ?? '';
  const next = { ...story, key: `${key}${later}`, name: name ?? story.name };
  return next.key === story.key && next.name === story.name ? null : { ...next, revision: story.revision + 1 };
}

/** Runs once per version of the rules. Tells nothing: a card gets the new name with its next edit. */
export async function rekeyStories(worker: Worker): Promise<void> {
  const { db } = worker;
  if ((await readMeta(db, metaKey)) === rule) return;
  const stories = await modelStories(db);
  const taken = new Set(stories.map(nameOf));
  for (const story of stories) {
    if (story.mergedInto !== null || story.family === null || story.key.endsWith('/')) continue;
    const next = rekeyed(story, await readAnew(worker, story));
    if (next === null) continue;
    const moves = next.key !== story.key;
    if (moves && taken.has(nameOf(next))) continue;
    taken.add(nameOf(next));
    const follow = [renameStory(story.key, next.key), renameMeta(`pledge:${story.key}`, `pledge:${next.key}`)];
    await db.batch([saveStory(next, story.revision), ...(moves && story.scope === 'file' ? follow : [])]);
  }
  await db.batch([saveMeta(metaKey, rule)]);
}
