// Judged changes → the next revisions of stories, and what is owed for them, in the scopes that are told now.

import type { Db, Statement } from '../store/define.ts';
import { insertDelivery, owedOf, raise } from '../store/deliveries.ts';
import type { Item } from '../store/items.ts';
import { messagesOf, saveMessage } from '../store/messages.ts';
import { followersOf, moveWishes } from '../store/people.ts';
import { nameOf, saveStories, scopeName } from '../store/stories.ts';
import { saveVerdict } from '../store/verdicts.ts';
import { allVouches } from '../store/vouches.ts';
import { watchedAddresses } from '../store/watches.ts';
import { guildOf } from '../stories/news.ts';
import type { Iso, Watch } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Assigned, AssignedChange } from './assign.ts';
import type { PipelineContext } from './context.ts';
import { foldStories } from './fold-stories.ts';
import { explains } from './judge-changes.ts';
import { type KnownStories, knownStories } from './known-stories.ts';
import { mergeReleased } from './merge-stories.ts';
import { type CardState, type Digest, groupOver, type Plan, type PlanContext, plan, type Telling } from './plan.ts';
import { type IsVouched, type JudgedChange, type ScopeOf, scopeChanges } from './scope-changes.ts';
import type { WhereOf } from './withhold.ts';

export interface TellContext extends PipelineContext {
  readonly notBefore: (channel: string) => Iso;
  readonly digest: (channel: string) => Digest | null;
  readonly open: (channel: string) => boolean;
  readonly seq: () => number;
}

/** What a look showed, and who is told of it now. */
export interface News {
  readonly assigned: Assigned;
  readonly judged: readonly JudgedChange[];
  readonly scopeOf: ScopeOf;
  /** The guilds whose own stories are told now. */
  readonly guilds: readonly string[];
  /** When a fan-out continues: what was there before the pass, whose batch has told the file's stories already. */
  readonly before: { readonly files: readonly Story[]; readonly items: readonly Item[] } | null;
}

export interface Told {
  readonly tellings: readonly Telling[];
  readonly known: KnownStories;
  /** New and old key of the file's nameless stories whose model is known now. */
  readonly renamed: readonly (readonly [to: string, from: string])[];
}

/** Who vouched for the accounts of this pass; not read when every account is known. */
async function vouchesFor(db: Db, { changes }: Pick<Assigned, 'changes'>): Promise<IsVouched> {
  if (!changes.some(({ change }) => change.observation.facts.unvouched != null)) return () => false;
  const vouches = (await allVouches(db)).flatMap(({ scope, source, account }) =>
    scope === 'file' ? [] : [`${scope.guild} ${source}:${account}`],
  );
  return (guild, about) => vouches.includes(`${guild} ${about.split('/')[0]?.toLowerCase() ?? ''}`);
}

export async function tell(db: Db, news: News, context: TellContext): Promise<Told> {
  const { assigned, judged, guilds, before } = news;
  const known = await knownStories(db, assigned, { guilds, files: before?.files ?? null }, context.now);
  const scopes = guilds.map((guild) => scopeName({ guild }));
  const told = new Set(before === null ? ['file', ...scopes] : scopes);
  const changes = scopeChanges(judged, known, {
    scopeOf: news.scopeOf,
    told,
    isVouched: await vouchesFor(db, assigned),
  });
  const scene = { guilds, items: before?.items ?? null };
  const watches = judged.flatMap(({ verdicts }) =>
    verdicts.map(({ watch: { id, filters } }) => [id, filters.where] as const),
  );
  const wheres = new Map(watches);
  const whereOf: WhereOf = {
    watch: (id) => wheres.get(id) ?? null,
    channel: (name) => context.whereIn?.(name) ?? null,
  };
  const folded = await foldStories(db, { assigned, known, stories: changes }, { scene, whereOf }, context);
  const { tellings, renamed } = mergeReleased(folded, known, context.now);
  const names = new Set(tellings.map(({ folded: { story } }) => nameOf(story)));
  const named = [...known.renamed].filter(([key]) => names.has(nameOf({ scope: 'file', key })));
  return { tellings, known, renamed: [...named, ...renamed] };
}

/** Adds followers; those of a story that was merged follow the one it was merged into. */
export async function withFollowers(db: Db, tellings: readonly Telling[]): Promise<readonly Telling[]> {
  // A story that opens now has no followers yet.
  const ids = tellings.flatMap(({ folded: { story, before } }) => (before === 0 ? [] : [story.id]));
  const followers = await followersOf(db, ids);
  if (followers.size === 0) return tellings;
  const further = new Map<string, string[]>();
  for (const { folded } of tellings) {
    const { id, mergedInto } = folded.story;
    const to = mergedInto ?? id;
    further.set(to, [...(further.get(to) ?? []), ...(followers.get(id) ?? [])]);
  }
  return tellings.map((telling) => ({ ...telling, followers: further.get(telling.folded.story.id) ?? [] }));
}

const askedAtMost = 500;

/** Watches that bring a channel more than it gets as single cards: the grouped message names their target. */
function watchesToName(tellings: readonly Telling[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { joined } of tellings)
    for (const channel of joined.keys()) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const watches = tellings.flatMap(({ joined }) =>
    [...joined].flatMap(([channel, watch]) => ((counts.get(channel) ?? 0) > groupOver ? [watch] : [])),
  );
  return [...new Set(watches)];
}

export async function planFor(db: Db, tellings: readonly Telling[], context: TellContext): Promise<Plan> {
  // A story that opens now has no card anywhere.
  const subjects = tellings.flatMap(({ folded: { story, before } }) => (before === 0 ? [] : [story.id]));
  const hears = tellings.flatMap(({ folded, followers = [] }) => [...folded.story.audience, ...followers]);
  const heard = [...new Set(hears.filter(context.open))];
  // When a story has very many channels, only what the planned ones have of it is read.
  const channels = heard.length <= askedAtMost ? heard : null;
  const spotOf = (subject: string, channel: string): string => `${subject}>${channel}`;
  const [cards, waiting, addresses] = await Promise.all([
    messagesOf(db, subjects, channels),
    owedOf(db, subjects, channels),
    watchedAddresses(db, watchesToName(tellings)),
  ]);
  const messages = new Map(cards.map((message) => [spotOf(message.subject, message.channel), message]));
  const owed = Map.groupBy(waiting, ({ subject, channel }) => spotOf(subject, channel));
  const standing = (storyId: string, channel: string): CardState => {
    const spot = spotOf(storyId, channel);
    const message = messages.get(spot);
    // When a card was sent, an owed one is only its edit; when it was deleted, the owed one does not count.
    if (message !== undefined) return message.messageId === null ? { kind: 'cardless' } : { kind: 'card' };
    const card = owed.get(spot)?.find(({ form }) => form === 'card');
    if (card === undefined) return { kind: 'nothing' };
    return card.pinned === null ? { kind: 'waiting', deliveryId: card.id } : { kind: 'card' };
  };
  const collected = (storyId: string, channel: string): string | null =>
    owed.get(spotOf(storyId, channel))?.find(({ form, pinned }) => form === 'digest' && pinned === null)?.id ?? null;
  const watchTitle: PlanContext['watchTitle'] = (watchId) => {
    const title = addresses.get(watchId) ?? watchId;
    return { title, url: title.startsWith('http') ? title : null };
  };
  return plan(tellings, { ...context, standing, collected, watchTitle });
}

/** The verdicts of the watches that are told now, for `why`. */
export function verdictStatements(
  judged: readonly JudgedChange[],
  isTold: (watch: Watch) => boolean,
  storyOf: (assigned: AssignedChange, watch: Watch) => string | null,
  now: Iso,
): readonly Statement[] {
  return judged.flatMap(({ assigned, verdicts }) =>
    verdicts
      .filter((one) => explains(one) && isTold(one.watch))
      .map(({ watch, change, told, reason }) =>
        saveVerdict({
          at: now,
          watchId: watch.id,
          targetId: assigned.targetId,
          key: change.observation.key,
          change: change.type,
          told,
          reason,
          storyId: storyOf(assigned, watch),
        }),
      ),
  );
}

/** The story in which a watch's verdict on a change counts; `files`: ids of the file's that were told before, by key. */
export function storyOfVerdict(
  { tellings, known }: Pick<Told, 'tellings' | 'known'>,
  scopeOf: ScopeOf,
  files: ReadonlyMap<string, string>,
  keyOf: (assigned: AssignedChange) => string,
): (assigned: AssignedChange, watch: Watch) => string | null {
  const ids = new Map(tellings.map(({ folded: { story } }) => [nameOf(story), story.id]));
  return (one, watch) => {
    const scopes = watch.to.map(scopeOf);
    const scope = guildOf(watch) === null && scopes.includes('file') ? 'file' : (scopes[0] ?? 'file');
    const key = known.keyIn(scope, keyOf(one));
    return ids.get(nameOf({ scope, key })) ?? (scope === 'file' ? files.get(key) : undefined) ?? null;
  };
}

export function planStatements(planned: Plan, now: Iso): readonly Statement[] {
  return [
    ...planned.deliveries.map((delivery) => insertDelivery(delivery, now)),
    ...planned.raised.map(({ id, revision }) => raise(id, revision)),
    ...planned.cardless.map(({ subject, channel, revision }) => saveMessage(subject, channel, null, revision)),
  ];
}

export function storyStatements(tellings: readonly Telling[], planned: Plan, now: Iso): readonly Statement[] {
  return [
    ...saveStories(
      tellings.map(({ folded }) => folded),
      now,
    ),
    ...tellings.flatMap(({ folded: { story } }) =>
      story.mergedInto === null ? [] : moveWishes(story.id, story.mergedInto),
    ),
    ...planStatements(planned, now),
  ];
}
