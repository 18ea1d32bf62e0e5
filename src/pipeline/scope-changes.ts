// Assigned changes + all verdicts → what each story is to be folded with, scope by scope.

import { scopeName } from '../store/stories.ts';
import type { StoryChange } from '../stories/fold.ts';
import { guildOf, isPrivate } from '../stories/news.ts';
import type { Story } from '../types/story.ts';
import type { AssignedChange } from './assign.ts';
import type { Judged } from './filter.ts';
import type { KnownStories } from './known-stories.ts';

/** A change with the verdicts of all watches on its target; `filed`: the file watches it, so it is evidence for everybody. */
export interface JudgedChange {
  readonly assigned: AssignedChange;
  readonly verdicts: readonly Judged[];
  readonly filed: boolean;
  /** Nobody watches it: it counts in stories that exist, and opens none. */
  readonly led?: boolean;
}

/** One change for one story. */
export interface ScopedChange {
  readonly assigned: AssignedChange;
  readonly role: StoryChange['role'];
  /** A watch that counts in this story tells it: a turn for everybody who follows the story, even if no channel joins by it. */
  readonly told: boolean;
  /** Channels that join by it, each with the watch that tells it there. */
  readonly joining: ReadonlyMap<string, string>;
  /** A story that does not exist yet begins with it. */
  readonly opens: boolean;
}

/** One story's changes. The file's story of a key and a guild's are two. */
export interface StoryChanges {
  readonly scope: Story['scope'];
  readonly key: string;
  readonly changes: readonly ScopedChange[];
}

/** The scope whose stories a channel is told. */
export type ScopeOf = (channel: string) => Story['scope'];

export function storyChange({ assigned, role, told, joining }: ScopedChange): StoryChange {
  return { change: assigned.change, reading: assigned.reading, role, told, to: [...joining.keys()] };
}

/** For each channel that joins: the watch that told it first. */
export function joinedBy(changes: readonly ScopedChange[]): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const { joining } of changes)
    for (const [channel, watch] of joining) if (!joined.has(channel)) joined.set(channel, watch);
  return joined;
}

/** The channels to which a change is told, by scope; only scopes that are told now. */
function joiningBy(
  verdicts: readonly Judged[],
  scopeOf: ScopeOf,
  isTold: (scope: string) => boolean,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const scopes = new Map<string, Map<string, string>>();
  for (const { watch, told } of verdicts) {
    for (const channel of told ? watch.to : []) {
      const name = scopeName(scopeOf(channel));
      if (!isTold(name)) continue;
      const joining = scopes.get(name) ?? new Map<string, string>();
      // A watch without conditions on the card lets the channel join whatever the card says.
      if (!joining.has(channel) || watch.filters.where === undefined) joining.set(channel, watch.id);
      scopes.set(name, joining);
    }
  }
  return scopes;
}

const nobody: ReadonlyMap<string, string> = new Map();

/** The verdicts of the file's watches on a change, and those of each guild's. */
interface VerdictsByAsker {
  readonly file: readonly Judged[];
  readonly of: (guild: string) => readonly Judged[];
}

function verdictsByAsker(verdicts: readonly Judged[]): VerdictsByAsker {
  const byGuild = Map.groupBy(verdicts, ({ watch }) => guildOf(watch));
  return { file: byGuild.get(null) ?? [], of: (guild) => byGuild.get(guild) ?? [] };
}

/**
 * What one change is to the story of its key in one scope. The file's story knows what the file watches, and nothing of
 * guilds; a guild's knows that and what the guild itself watches, except what is private. Null: the scope does not see it.
 */
function seenIn(
  { assigned, filed }: JudgedChange,
  verdicts: VerdictsByAsker,
  scope: Story['scope'],
  joining: ReadonlyMap<string, string>,
): Omit<ScopedChange, 'role'> | null {
  const byFile = verdicts.file;
  const filesTold = byFile.some(({ told }) => told);
  const theirs = scope === 'file' ? [] : verdicts.of(scope.guild);
  const counting = [...byFile, ...theirs];
  if (counting.length > 0 && counting.every(({ refused }) => refused)) return null;
  if (scope === 'file') {
    // The file's story exists for everybody, even where its channels are told a guild's.
    const opens = joining.size > 0 || byFile.some(({ told, watch }) => told && watch.to.length > 0);
    return filed ? { assigned, told: filesTold, joining, opens } : null;
  }
  if ((!filed && theirs.length === 0) || isPrivate(assigned.change)) return null;
  return { assigned, told: filesTold || theirs.some(({ told }) => told), joining, opens: joining.size > 0 };
}

/** In a guild that vouched for the account, what is in it counts as the lab's own. */
function vouchedIn(guild: string, assigned: AssignedChange, isVouched: IsVouched): AssignedChange {
  const { change } = assigned;
  const { unvouched } = change.observation.facts;
  if (unvouched == null || !isVouched(guild, change.observation.about)) return assigned;
  const observation = { ...change.observation, facts: { ...change.observation.facts, unvouched: null } };
  return { ...assigned, change: { ...change, observation } };
}

/** Whether people of a guild vouched for the account of this address. */
export type IsVouched = (guild: string, about: string) => boolean;

interface ScopeRules {
  readonly scopeOf: ScopeOf;
  readonly told: ReadonlySet<string>;
  readonly isVouched?: IsVouched;
}

/** Which story in which scope each change counts in; `told`: names of the scopes that are told now. */
export function scopeChanges(
  judged: readonly JudgedChange[],
  known: KnownStories,
  { scopeOf, told, isVouched = () => false }: ScopeRules,
): readonly StoryChanges[] {
  const stories = new Map<string, { scope: Story['scope']; key: string; changes: ScopedChange[] }>();
  const add = (scope: Story['scope'], key: string, change: ScopedChange): void => {
    const name = `${scopeName(scope)} ${key}`;
    const story = stories.get(name);
    if (story === undefined) stories.set(name, { scope, key, changes: [change] });
    else story.changes.push(change);
  };
  for (const one of judged) {
    const { storyKey, spreadKey } = one.assigned;
    const joining = joiningBy(one.verdicts, scopeOf, (scope) => told.has(scope));
    const verdicts = verdictsByAsker(one.verdicts);
    const scopes = new Map<string, Story['scope']>([['file', 'file']]);
    for (const scope of known.scopesOf(storyKey)) scopes.set(scopeName(scope), scope);
    for (const name of joining.keys()) if (name !== 'file') scopes.set(name, { guild: name.slice('guild:'.length) });
    for (const [name, scope] of scopes) {
      const seen = told.has(name) ? seenIn(one, verdicts, scope, joining.get(name) ?? nobody) : null;
      const opens = seen?.opens === true && one.led !== true;
      if (seen === null) continue;
      const own = scope === 'file' ? seen.assigned : vouchedIn(scope.guild, seen.assigned, isVouched);
      add(scope, known.keyIn(scope, storyKey), { ...seen, assigned: own, opens, role: 'own' });
    }
    // A derivative is only counted in the story of the model it is made from, in the scopes that see the derivative.
    if (spreadKey === null || spreadKey === storyKey) continue;
    for (const scope of new Set<Story['scope']>(['file', ...known.scopesOf(spreadKey)])) {
      const seen = told.has(scopeName(scope)) ? seenIn(one, verdicts, scope, nobody) : null;
      if (seen !== null) add(scope, spreadKey, { ...seen, role: 'spread', told: false, opens: false });
    }
  }
  return [...stories.values()];
}
