// Folds each story of a pass with the changes that belong to it, scope by scope.

import type { Db } from '../store/define.ts';
import { type Item, itemsOfStories } from '../store/items.ts';
import { takenIds } from '../store/stories.ts';
import { watchesOn } from '../store/watches.ts';
import { type FoldContext, fold, type Seed } from '../stories/fold.ts';
import { guildOf, isHidden, isNews } from '../stories/news.ts';
import { isOfModel } from '../stories/reading.ts';
import type { Observation } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Assigned } from './assign.ts';
import type { PipelineContext } from './context.ts';
import { refuses } from './filter.ts';
import type { KnownStories } from './known-stories.ts';
import { newestIn } from './newest.ts';
import type { Telling } from './plan.ts';
import { joinedBy, type StoryChanges, storyChange } from './scope-changes.ts';
import { scopedKey } from './story-id.ts';
import { itemsAsked } from './visibility.ts';
import { type WhereOf, withhold } from './withhold.ts';

function seedOf(item: Item, context: PipelineContext): Seed {
  return { observation: item.observation, reading: context.read(item.observation, context.now) };
}

/** The guilds whose stories are folded, and the items stored before the pass; null = those stored now. */
export interface FoldScene {
  readonly guilds: readonly string[];
  readonly items: readonly Item[] | null;
}

/** What is stored about the subjects of stories that open now, as far as each one's scope sees and wants it. */
async function storedFor(
  db: Db,
  opening: readonly StoryChanges[],
  { guilds, items: given }: FoldScene,
  context: PipelineContext,
) {
  const keys = new Set(opening.map(({ key }) => key));
  const known = given?.filter(({ storyKey }) => keys.has(storyKey)) ?? (await itemsOfStories(db, [...keys]));
  const { items, sees } = await itemsAsked(db, known, guilds);
  const byKey = Map.groupBy(items, ({ storyKey }) => storyKey);
  const refused = await refusedOf(db, items, guilds, context);
  return ({ scope, key }: StoryChanges): readonly Item[] =>
    (byKey.get(key) ?? []).filter((item) => sees(scope, item.observation.targetId) && !refused(scope, item));
}

/** Tells which entries and links all watches of a scope refuse, judged as if they were seen for the first time. */
async function refusedOf(db: Db, items: readonly Item[], guilds: readonly string[], context: PipelineContext) {
  const news = items.filter(({ observation }) => isNews(observation.kind));
  const watches = Map.groupBy(
    await watchesOn(db, [...new Set(news.map(({ observation }) => observation.targetId))], guilds),
    ({ targetId }) => targetId,
  );
  const isModel = (observation: Observation): boolean => isOfModel(context.read(observation, context.now));
  return (scope: Story['scope'], { observation, firstSeen }: Item): boolean => {
    if (!isNews(observation.kind)) return false;
    const counting = (watches.get(observation.targetId) ?? []).filter((watch) =>
      [null, ...(scope === 'file' ? [] : [scope.guild])].includes(guildOf(watch)),
    );
    const filtering = { matcher: context.matcher, isModel, lastAt: firstSeen };
    return counting.length > 0 && counting.every((watch) => refuses(observation, watch, filtering));
  };
}

/** Ids for stories that open; a key's usual id may be taken by an earlier story, which has another key now. */
async function idsFor(db: Db, opening: readonly StoryChanges[], context: PipelineContext) {
  const names = opening.map(({ scope, key }) => scopedKey(scope, key));
  const taken = await takenIds(
    db,
    names.map((name) => context.newId(name)),
  );
  return (scope: Story['scope'], key: string): string => {
    const name = scopedKey(scope, key);
    const id = context.newId(name);
    return taken.has(id) ? context.newId(`${name} ${context.now}`) : id;
  };
}

interface Unfolded {
  readonly assigned: Assigned;
  readonly known: KnownStories;
  readonly stories: readonly StoryChanges[];
}

interface FoldPlace {
  readonly scene: FoldScene;
  readonly whereOf: WhereOf;
}

export async function foldStories(
  db: Db,
  { assigned, known, stories }: Unfolded,
  { scene, whereOf }: FoldPlace,
  context: PipelineContext,
): Promise<readonly Telling[]> {
  const open = stories.filter(
    ({ scope, key, changes }) => known.of(scope, key) !== null || changes.some(({ opens }) => opens),
  );
  const opening = open.filter(({ scope, key }) => known.of(scope, key) === null);
  const stored = await storedFor(db, opening, scene, context);
  const idOf = await idsFor(db, opening, context);
  const newest = await newestIn(db, assigned, scene.guilds, context);
  const begun = new Set(opening);
  return open.flatMap((one): readonly Telling[] => {
    const { scope, key, changes } = one;
    const items = begun.has(one) ? stored(one) : [];
    // A guild's new story starts as a copy of the file's, unless that contains something private.
    const files =
      scope === 'file' || !begun.has(one) || items.some(({ observation }) => isHidden(observation))
        ? null
        : known.basisOf(key);
    const folding: FoldContext = {
      now: context.now,
      newId: (name) => idOf(scope, name),
      scope,
      takenOver: files !== null,
      card: (story) => context.card(story, newest(story)),
    };
    const taken = files === null ? null : { ...files, id: idOf(scope, key), scope, audience: [] };
    // With `firstRun: latest` the newest item of a first look is told; what came with it opens the story and is not its past.
    const shown = changes.some(({ assigned: { change }, told }) => change.baseline && told);
    // The same goes for what came with a new thing at a reused address, when the new thing itself is told.
    const comes = changes.some(({ assigned: { change }, told }) => told && change.type === 'new' && !change.baseline);
    const quiet = changes.filter(
      ({ assigned: { change }, told, role }) =>
        !shown && change.baseline && !told && role === 'own' && !(comes && change.replaced !== undefined),
    );
    const seed: readonly Seed[] = [
      ...items
        .filter(({ observation }) => scope === 'file' || !isHidden(observation))
        .map((item) => seedOf(item, context)),
      ...quiet.map(({ assigned: { change, reading } }) => ({ observation: change.observation, reading })),
    ];
    const rest = changes.filter((change) => !quiet.includes(change));
    const before = known.of(scope, key) ?? taken;
    const folded = fold(before, { key, seed, changes: rest.map(storyChange) }, folding);
    if (folded === null) return [];
    return [withhold({ folded, joined: joinedBy(changes) }, before?.audience ?? [], whereOf)];
  });
}
