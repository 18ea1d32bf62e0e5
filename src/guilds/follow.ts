// What a person asks to get in direct messages: further turns of a story, and a reminder the day before a promise falls due.
import { addWish, beginFollowing, dropOwed, dropWish, hasWish, type PersonTable } from '../store/people.ts';
import { storyById } from '../store/stories.ts';
import { dayOver } from '../stories/pledges.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { dayMs, iso } from '../types/time.ts';
import type { GuildChannelIds, GuildContext } from './context.ts';
import { storiesNamed } from './models.ts';

/** Who asks, in which place and language; `place` null = in direct messages. */
export interface Follower {
  readonly place: GuildChannelIds | null;
  readonly person: string;
  readonly locale: string;
}

type FollowContext = Pick<GuildContext, 'db' | 'now' | 'changed'>;

export type Followed =
  | { readonly kind: 'done' | 'already'; readonly story: Story }
  | { readonly kind: 'too many'; readonly most: number }
  | { readonly kind: 'no story' };

export type Reminded =
  | Followed
  /** Nothing is promised any more, or for no particular day. */
  | { readonly kind: 'no day'; readonly story: Story }
  /** The day before has come already. */
  | { readonly kind: 'too late'; readonly story: Story; readonly due: Iso };

/** Each person may follow this many stories, and have this many reminders. */
export const wishesMost = 25;

/** Milliseconds from the reminder, at the start of the day before, to the end of the promise's last day. */
const beforeMs = 2 * dayMs;

/** When a promise falls due, and when its reminder is sent; null = nobody waits for a day. */
export function remindedAt({ pledge }: Story): { readonly due: Iso; readonly at: Iso } | null {
  if (pledge === null || pledge.passed === true) return null;
  const due = dayOver(pledge);
  return due === null ? null : { due, at: iso(Date.parse(due) - beforeMs) };
}

/** The story if this person may see it: in this place, or because they follow it already. */
export async function storyFor(
  { db }: Pick<FollowContext, 'db'>,
  { place, person }: Pick<Follower, 'place' | 'person'>,
  storyId: string,
): Promise<Story | null> {
  const stored = await storyById(db, storyId);
  if (stored === null) return null;
  const id = stored.mergedInto ?? stored.id;
  const [story] = await storiesNamed(db, place, id, 1);
  if (story !== undefined && (story.id === id || story.key === stored.key)) return story;
  return (await hasWish(db, 'follows', person, id)) ? storyById(db, id) : null;
}

async function wish(
  context: FollowContext,
  table: PersonTable,
  { person, locale }: Follower,
  story: Story,
): Promise<Followed> {
  const { db } = context;
  const already = await hasWish(db, table, person, story.id);
  const now = iso(context.now());
  const begun = table === 'follows' ? [beginFollowing(person, story.id, story.revision)] : [];
  const added = addWish(table, { person, storyId: story.id, locale }, wishesMost, now);
  if ((await db.batch([added, ...begun])) === 'conflict') return { kind: 'too many', most: wishesMost };
  await context.changed();
  return { kind: already ? 'already' : 'done', story };
}

export async function followStory(context: FollowContext, follower: Follower, storyId: string): Promise<Followed> {
  const story = await storyFor(context, follower, storyId);
  return story === null ? { kind: 'no story' } : wish(context, 'follows', follower, story);
}

/** True when there was something to end. */
export async function leaveStory(
  { db }: Pick<FollowContext, 'db'>,
  person: string,
  storyId: string,
  table: PersonTable,
): Promise<boolean> {
  const stored = await storyById(db, storyId);
  const ids = [storyId, ...(stored?.mergedInto == null ? [] : [stored.mergedInto])];
  let ended = false;
  for (const id of ids) {
    const there = await hasWish(db, table, person, id);
    if (!there) continue;
    ended = true;
    const owed = table === 'follows' ? [dropOwed(person, id)] : [];
    await db.batch([dropWish(table, { person, storyId: id }), ...owed]);
  }
  return ended;
}

export async function remindOf(context: FollowContext, follower: Follower, storyId: string): Promise<Reminded> {
  const story = await storyFor(context, follower, storyId);
  if (story === null) return { kind: 'no story' };
  const day = remindedAt(story);
  if (day === null) return { kind: 'no day', story };
  if (day.at <= iso(context.now())) return { kind: 'too late', story, due: day.due };
  return wish(context, 'reminders', follower, story);
}
