// The changes of a pass, each with the reading of its name and the key of the story it belongs to.

import type { Db } from '../store/define.ts';
import { type Item, itemsOf } from '../store/items.ts';
import { storiesNamed, storiesOfLabs } from '../store/stories.ts';
import type { TargetRow } from '../store/targets.ts';
import type { Askers } from '../store/watches.ts';
import { appearing, earlierKeys, type StoryIndex, storyKey } from '../stories/match.ts';
import { guildOf, isNews } from '../stories/news.ts';
import type { Reading, ReadObservation } from '../stories/reading.ts';
import type { Difference } from '../types/change.ts';
import type { Fresh, Iso, Observation, Watch } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { diff } from './diff.ts';
import { lostAddress, newcomers } from './replaced.ts';
import { movedItems } from './restructured.ts';
import { isFiled } from './visibility.ts';

/** A fresh look with the watches that asked for it: those on the target and on the targets that found it. */
export interface FreshLook {
  readonly row: TargetRow;
  readonly result: Fresh;
  readonly watches: readonly Watch[];
  /** Nobody watches the target: an entry links to it, and these watches told that entry. */
  readonly led?: boolean;
}

export interface AssignedChange {
  readonly targetId: string;
  readonly change: Difference;
  readonly reading: Reading;
  readonly storyKey: string;
  /** For a derivative by somebody else: the story of the model it is made from, when that can be named. */
  readonly spreadKey: string | null;
  readonly item: Item | undefined;
  /** What the same text says about another model; the item itself belongs to the main story. */
  readonly beside: boolean;
}

export interface Assigned {
  readonly changes: readonly AssignedChange[];
  /** Who asked for the targets of this pass. */
  readonly askers: Askers;
}

type Raw = Pick<AssignedChange, 'targetId' | 'change' | 'reading' | 'item' | 'beside'>;

function indexOf(stories: readonly Story[]): StoryIndex {
  const families = Map.groupBy(stories, (story) => story.family ?? '');
  return {
    family: (family) => families.get(family) ?? [],
    line: (key) => stories.filter((story) => story.key === key || story.key.startsWith(`${key}~`)),
  };
}

function byAddress(base: string, of: Observation): Observation {
  return { ...of, about: `${of.about.slice(0, of.about.indexOf(':'))}:${base}`, title: base, text: null, facts: {} };
}

/** The key of the model that a derivative is made from: the one its card names, else the one in its own name. */
function spreadKeyOf({ change, reading }: Raw, read: ReadObservation, now: Iso): string | null {
  const { observation } = change;
  if (observation.kind !== 'model' || change.type !== 'new' || reading.official === true) return null;
  for (const { id } of observation.facts.baseModels ?? []) {
    const base = read(byAddress(id, observation), now);
    if (base.official === true && base.key !== null) return base.key;
  }
  return reading.key;
}

/** `github:o/r` of `github:o/r@v1`. */
function wholeOf(about: string): string {
  const cut = about.lastIndexOf('@');
  return cut <= 0 ? about : about.slice(0, cut);
}

/** Whether a thing is private: as this look says, else as its state was last seen. */
function privacyOf(result: Fresh, known: ReadonlyMap<string, Item>): (about: string) => boolean {
  const stored = [...known.values()].map(({ observation }) => observation);
  const said = new Map<string, boolean>();
  for (const list of [stored, result.observations]) {
    // States come last, because a state always says what was last seen; other observations count only where there is none.
    for (const states of [false, true]) {
      for (const { about, kind, facts } of list)
        if (facts.visibility !== undefined && (kind === 'state') === states)
          said.set(wholeOf(about), facts.visibility === 'private');
    }
  }
  return (about) => said.get(wholeOf(about)) === true;
}

/** Whether the release of a tag is a prerelease: as this look says, else as it was last seen, even if it is gone now. */
function prereleaseOf(result: Fresh, known: ReadonlyMap<string, Item>): (about: string) => boolean | undefined {
  const said = new Map<string, boolean>();
  for (const list of [[...known.values()].map(({ observation }) => observation), result.observations])
    for (const { about, kind, facts } of list)
      if (kind === 'release' && facts.prerelease !== undefined) said.set(about, facts.prerelease);
  return (about) => said.get(about);
}

interface Marks {
  readonly isPrivate: (about: string) => boolean;
  readonly isPrerelease: (about: string) => boolean | undefined;
}

/** Adds what is known of the whole: that it is private and, for a tag, that its release is a prerelease. */
function marked(change: Difference, { isPrivate, isPrerelease }: Marks): Difference {
  const { observation } = change;
  const prerelease = observation.kind === 'tag' ? isPrerelease(observation.about) : undefined;
  const hidden = observation.facts.visibility === undefined && isPrivate(observation.about);
  if (prerelease === undefined && !hidden) return change;
  const facts = {
    ...observation.facts,
    ...(prerelease === undefined ? {} : { prerelease }),
    ...(hidden ? { visibility: 'private' as const } : {}),
  };
  return { ...change, observation: { ...observation, facts } };
}

/** Adds the host of the link, which tells sources of a promise apart; the feed that carried the link does not count. */
async function withHost(reading: Reading, { kind, url }: Observation): Promise<Reading> {
  const promising = [reading, ...reading.also].some(({ label }) => label === 'pledge');
  if (!isNews(kind) || !promising) return reading;
  const { hostOf } = await import('../stories/hosts.ts');
  const host = hostOf(url);
  return { ...reading, host, also: reading.also.map((other) => ({ ...other, host })) };
}

async function rawChanges(
  db: Db,
  looks: readonly FreshLook[],
  read: ReadObservation,
  now: Iso,
): Promise<readonly Raw[]> {
  const raw: Raw[] = [];
  for (const { row, result } of looks) {
    const stored = await itemsOf(db, row.target.id);
    const { replaced } = result;
    if (replaced !== undefined) {
      const isPrivate = privacyOf({ ...result, observations: [] }, stored);
      for (const lost of lostAddress(stored, replaced)) {
        const change = marked(lost, { isPrivate, isPrerelease: () => undefined });
        const item = stored.get(lost.previous?.key ?? '');
        raw.push({ targetId: row.target.id, change, reading: read(change.observation, now), item, beside: false });
      }
    }
    const known: ReadonlyMap<string, Item> = replaced === undefined ? stored : new Map();
    const marks = { isPrivate: privacyOf(result, known), isPrerelease: prereleaseOf(result, known) };
    const differences = replaced === undefined ? diff(known, row.baselineAt, result) : newcomers(result, replaced);
    const moved = movedItems(known, differences, result);
    for (const found of differences) {
      const before = moved.get(found.observation.key);
      const change = marked(before === undefined ? found : { ...found, quiet: 'moved' }, marks);
      const reading = await withHost(read(change.observation, now), change.observation);
      const one = { targetId: row.target.id, change };
      raw.push({ ...one, reading, item: before ?? known.get(change.observation.key), beside: false });
      if (change.type !== 'new' || before !== undefined) continue;
      raw.push(...reading.also.map((other) => ({ ...one, reading: other, item: undefined, beside: true })));
    }
  }
  return raw;
}

/** The stories that the readings may be about: a few when a name says which model it is, else all of its lab. */
async function storiesFor(
  db: Db,
  scopes: readonly Story['scope'][],
  readings: readonly Reading[],
): Promise<readonly Story[]> {
  const named = readings.filter(({ key, lab, family }) => key !== null || (lab !== null && family !== null));
  const labsOf = (list: readonly Reading[]): readonly string[] =>
    [...new Set(list.map(({ lab }) => lab))].filter((lab) => lab !== null);
  const keys = named.flatMap((reading) => (reading.key === null ? [] : [reading.key, ...earlierKeys(reading)]));
  const stories = [
    ...(await storiesOfLabs(db, scopes, labsOf(named.filter(({ key }) => key === null)))),
    ...(await storiesNamed(db, scopes, labsOf(named), [...new Set(keys)])),
  ];
  const byId = new Map(stories.map((story) => [story.id, story]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The stories that a target's texts may be about: the file's and, for targets that only guilds watch, the guilds' own. */
async function indexesOf(db: Db, looks: readonly FreshLook[], raw: readonly Raw[]) {
  const guilds = new Map(
    looks.map(({ row, watches }) => [row.target.id, isFiled(watches) ? [] : [...new Set(watches.map(guildOf))]]),
  );
  const asking = [...new Set([...guilds.values()].flat())].filter((guild) => guild !== null);
  const stories = await storiesFor(
    db,
    ['file', ...asking.map((guild) => ({ guild }))],
    raw.map(({ reading }) => reading),
  );
  const files = stories.filter(({ scope }) => scope === 'file');
  const file = indexOf(files);
  const others = new Map(
    [...guilds].flatMap(([id, list]) => {
      const of = new Set(list);
      return of.size === 0
        ? []
        : [[id, indexOf(stories.filter(({ scope }) => scope === 'file' || of.has(scope.guild)))]];
    }),
  );
  return { file, of: (targetId: string): StoryIndex => others.get(targetId) ?? file };
}

/** Reads what is stored about the targets; returns what changed, and which stories the changes belong to. */
export async function assign(db: Db, looks: readonly FreshLook[], read: ReadObservation, now: Iso): Promise<Assigned> {
  const raw = await rawChanges(db, looks, read, now);
  const indexes = await indexesOf(db, looks, raw);
  const keyOf = ({ targetId, change, reading, item }: Raw, parents: ReadonlyMap<string, string>): string =>
    item?.storyKey ?? storyKey(change.observation, reading, { appeared: parents, index: indexes.of(targetId), now });

  const appeared = appearing(raw.map(({ change }) => change));
  const wholes = raw.filter(
    ({ change }) => appeared.has(change.observation.about) && change.observation.sort === 'thing',
  );
  const parents = new Map(wholes.map((entry) => [entry.change.observation.about, keyOf(entry, new Map())]));
  const changes = raw.map((entry) => ({
    ...entry,
    storyKey: keyOf(entry, parents),
    spreadKey: spreadKeyOf(entry, read, now),
  }));
  const askers = new Map(
    looks.map(({ row, watches }) => [
      row.target.id,
      new Set([...watches.map(guildOf), ...(isFiled(watches) ? [null] : [])]),
    ]),
  );
  return { changes, askers };
}
