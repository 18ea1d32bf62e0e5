// Tells thousands of channels in parts: the batch of the pass stores what it saw, what is owed to the file's channels and the
// first guilds, and what is left. Each further part is one batch; after a kill, the next worker continues from there.

import type { Db, Statement } from '../store/define.ts';
import { endPart, type FanoutPart, saveFanout } from '../store/fanouts.ts';
import { type Item, itemsOfStories } from '../store/items.ts';
import { guardScopes, ownScopes, scopesEdition } from '../store/scopes.ts';
import { guildsWith, nameOf, storiesOfKeys, storyById } from '../store/stories.ts';
import { watchesOn } from '../store/watches.ts';
import { guildOf } from '../stories/news.ts';
import type { Difference } from '../types/change.ts';
import type { Iso, Watch } from '../types/core.ts';
import type { Mark, Story } from '../types/story.ts';
import type { Assigned, AssignedChange } from './assign.ts';
import { unfiltered } from './filter.ts';
import { createJudging, type JudgeContext, type JudgedLook, judgeChanges } from './judge-changes.ts';
import { keysOf } from './known-stories.ts';
import type { Telling } from './plan.ts';
import type { ScopeOf } from './scope-changes.ts';
import {
  planFor,
  planStatements,
  storyOfVerdict,
  storyStatements,
  type TellContext,
  tell,
  verdictStatements,
  withFollowers,
} from './tell.ts';

/** How many guilds, or channels of the file's stories, one batch covers. */
const perPart = 125;

export type FanoutContext = TellContext & JudgeContext;

/** A story of the file that the first batch told, and what of it is still owed to the other channels. */
interface FileTelling {
  readonly id: string;
  readonly key: string;
  readonly revision: number;
  readonly marks: readonly Mark[];
  readonly owes: boolean;
}

interface StoredLook extends Omit<JudgedLook, 'watches'> {
  /** The targets whose watches asked for it. */
  readonly from: readonly string[];
  /** When an entry linked there: the watches that told the entry. */
  readonly asked: readonly string[];
}

/** What all parts share. */
interface Content {
  readonly at: Iso;
  readonly looks: readonly StoredLook[];
  /** Each one once: a text's readings about several models refer to the same difference. */
  readonly differences: readonly Difference[];
  readonly changes: readonly (Omit<AssignedChange, 'change'> & { readonly change: number })[];
  /** The file's stories as they were before the pass. */
  readonly files: readonly Story[];
  readonly items: readonly Item[];
  readonly told: readonly FileTelling[];
}

/** `joined`: for each channel that joined a story of the file, the watch that told it. */
export type FanoutShare =
  | { readonly guilds: readonly string[] }
  | { readonly channels: readonly string[]; readonly joined: Readonly<Record<string, string>> };

function parts<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / perPart) }, (_, n) => list.slice(n * perPart, (n + 1) * perPart));
}

/** Every guild with a watch or a story of its own on these changes, always in the same order; the file is not included. */
export async function guildsTold(
  db: Db,
  assigned: Assigned,
  looks: readonly JudgedLook[],
): Promise<readonly (readonly string[])[]> {
  const changed = new Set(assigned.changes.map(({ targetId }) => targetId));
  const asking = looks
    .filter(({ id }) => changed.has(id))
    .flatMap(({ watches }) => watches.flatMap((watch) => guildOf(watch) ?? []));
  return parts([...new Set([...asking, ...(await guildsWith(db, keysOf(assigned)))])].toSorted());
}

function withAudience(telling: Telling, audience: readonly string[]): Telling {
  const { folded } = telling;
  return { ...telling, folded: { ...folded, story: { ...folded.story, audience } } };
}

/** Splits the channels that are owed something of the file's stories: those the first batch plans for, and the rest. */
export function splitFile(tellings: readonly Telling[], isOpen: (channel: string) => boolean) {
  const channels = new Set(
    tellings
      .filter(({ folded }) => folded.story.scope === 'file' && folded.owes)
      .flatMap(({ folded }) => folded.story.audience.filter(isOpen)),
  );
  const [first = [], ...rest] = parts([...channels]);
  const now = new Set(first);
  const planned = tellings.map((telling) =>
    rest.length === 0 || telling.folded.story.scope !== 'file'
      ? telling
      : withAudience(
          telling,
          telling.folded.story.audience.filter((channel) => now.has(channel)),
        ),
  );
  return { planned, rest };
}

/** What is left of a pass, to be stored in its batch; nothing when the batch tells all of it. */
export async function leftOver(
  db: Db,
  of: {
    readonly pool: string;
    readonly looks: readonly JudgedLook[];
    readonly assigned: Assigned;
    readonly files: readonly Story[];
    readonly tellings: readonly Telling[];
    readonly guilds: readonly (readonly string[])[];
    readonly channels: readonly (readonly string[])[];
  },
  { newId, now }: Pick<FanoutContext, 'newId' | 'now'>,
): Promise<readonly Statement[]> {
  if (of.guilds.length === 0 && of.channels.length === 0) return [];
  const differences = [...new Set(of.assigned.changes.map(({ change }) => change))];
  const numbers = new Map(differences.map((change, index) => [change, index]));
  const changed = new Set(of.assigned.changes.map(({ targetId }) => targetId));
  const filed = of.tellings.filter(({ folded }) => folded.story.scope === 'file');
  const content: Content = {
    at: now,
    looks: of.looks
      .filter(({ id }) => changed.has(id))
      .map(({ watches, ...look }) => ({
        ...look,
        from: [...new Set(watches.map(({ targetId }) => targetId))],
        asked: look.led ? watches.map(({ id }) => id) : [],
      })),
    differences,
    changes: of.assigned.changes.map((one) => ({ ...one, change: numbers.get(one.change) ?? 0 })),
    files: of.files,
    items: await itemsOfStories(db, keysOf(of.assigned)),
    told: filed.map(({ folded: { story, marks, owes } }) => ({
      id: story.id,
      key: story.key,
      revision: story.revision,
      marks,
      owes,
    })),
  };
  const joined = new Map(filed.flatMap((telling) => [...telling.joined]));
  const inFile = of.channels.map((channels): FanoutShare => {
    const by = channels.flatMap((channel) => (joined.has(channel) ? [[channel, joined.get(channel) ?? '']] : []));
    return { channels, joined: Object.fromEntries(by) };
  });
  const id = newId(`${of.pool} ${now} ${[...changed].join(' ')}`);
  return saveFanout({ id, pool: of.pool, at: now }, content, [...inFile, ...of.guilds.map((guilds) => ({ guilds }))]);
}

/** The watch as it was at the pass: one that began with that look had no `since` yet. */
function asOf(at: Iso, watch: Watch): Watch {
  return watch.since !== null && watch.since >= at ? { ...watch, since: null } : watch;
}

function changesOf({ differences, changes }: Content): readonly AssignedChange[] {
  return changes.flatMap((one) => {
    const change = differences[one.change];
    return change === undefined ? [] : [{ ...one, change }];
  });
}

async function looksOf(db: Db, content: Content, guilds: readonly string[]): Promise<readonly JudgedLook[]> {
  const watches = Map.groupBy(
    await watchesOn(db, [...new Set(content.looks.flatMap(({ from }) => from))], guilds),
    ({ targetId }) => targetId,
  );
  return content.looks.map(({ from, asked, ...look }) => {
    const all = from.flatMap((id) => watches.get(id) ?? []);
    const told = new Set(asked);
    const asking = look.led ? all.filter(({ id }) => told.has(id)).map(unfiltered) : all;
    return { ...look, watches: asking.map((watch) => asOf(content.at, watch)) };
  });
}

/** Folds the stories of guilds' own, with the verdicts of their watches. */
async function guildPart(
  db: Db,
  content: Content,
  guilds: readonly string[],
  context: FanoutContext,
): Promise<readonly Statement[]> {
  const edition = await scopesEdition(db);
  const looks = await looksOf(db, content, guilds);
  const own = await ownScopes(db, [...new Set(looks.flatMap(({ watches }) => watches.flatMap(({ to }) => to)))]);
  const scopeOf: ScopeOf = (channel) => {
    const guild = own.get(channel);
    return guild === undefined ? 'file' : { guild };
  };
  const assigned: Assigned = {
    changes: changesOf(content),
    askers: new Map(
      looks.map(({ id, watches, filed }) => [id, new Set([...watches.map(guildOf), ...(filed ? [null] : [])])]),
    ),
  };
  const verdicts = await judgeChanges(assigned, looks, context, createJudging(context.sizeOf));
  const told = await tell(db, { assigned, judged: verdicts, scopeOf, guilds, before: content }, context);
  const files = new Map(content.told.map(({ key, id }) => [key, id]));
  const storyOf = storyOfVerdict(told, scopeOf, files, ({ storyKey }) => storyKey);
  const isTheirs = (watch: Watch): boolean => guildOf(watch) !== null;
  return [
    ...(told.tellings.length === 0 ? [] : [guardScopes(edition)]),
    ...verdictStatements(verdicts, isTheirs, storyOf, context.now),
    ...storyStatements(told.tellings, await planFor(db, await withFollowers(db, told.tellings), context), context.now),
  ];
}

/** For channels that are told the file's stories; one whose guild has its own stories by now is told those. */
async function channelPart(
  db: Db,
  content: Content,
  { channels, joined }: Extract<FanoutShare, { readonly channels: readonly string[] }>,
  context: FanoutContext,
): Promise<readonly Statement[]> {
  const own = await ownScopes(db, channels);
  const guilds = [...new Set(own.values())].map((guild) => ({ guild }));
  const keys = content.told.map(({ key }) => key);
  const theirs = new Map((await storiesOfKeys(db, guilds, keys)).map((story) => [nameOf(story), story]));
  const by = new Map(Object.entries(joined));
  const tellings: Telling[] = [];
  for (const { id, key, revision, marks, owes } of content.told) {
    const file = await storyById(db, id);
    const told = (story: Story | null | undefined, audience: readonly string[]): readonly Telling[] =>
      story == null || audience.length === 0
        ? []
        : [{ folded: { story: { ...story, audience, revision }, before: revision, marks, owes }, joined: by }];
    const hears = (story: Story | null | undefined, channel: string): boolean =>
      story?.audience.includes(channel) ?? false;
    const inFile = new Set(file?.audience);
    tellings.push(
      ...told(
        file,
        channels.filter((channel) => inFile.has(channel)),
      ),
    );
    for (const [channel, guild] of own) {
      const story = theirs.get(nameOf({ scope: { guild }, key }));
      if (!inFile.has(channel) && hears(story, channel)) tellings.push(...told(story, [channel]));
    }
  }
  return planStatements(await planFor(db, tellings, context), context.now);
}

export type Fanout = Content;

/** The statements of one part, with the one that ends it. */
export async function composePart(
  db: Db,
  content: Fanout,
  part: FanoutPart<FanoutShare>,
  context: FanoutContext,
): Promise<readonly Statement[]> {
  const statements =
    'guilds' in part.content
      ? await guildPart(db, content, part.content.guilds, context)
      : await channelPart(db, content, part.content, context);
  return [...endPart(part), ...statements];
}
