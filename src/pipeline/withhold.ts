// Which channels are kept from a story by its card, and which may join now that the card has changed. Pure.
import { misfitOf } from '../stories/where.ts';
import type { Where } from '../types/core.ts';
import type { HeldBack, Story } from '../types/story.ts';
import type { Telling } from './plan.ts';

export interface WhereOf {
  readonly watch: (watchId: string) => Where | null;
  readonly channel: (channel: string) => Where | null;
}

type Candidate = Pick<HeldBack, 'channel' | 'watchId' | 'where'>;

/** `before`: channels that had joined already, whatever the card said then. */
export function withhold({ folded, joined }: Telling, before: readonly string[], whereOf: WhereOf): Telling {
  const { story } = folded;
  const fresh = story.audience.filter((channel) => !before.includes(channel));
  const candidates: readonly Candidate[] = [
    ...(story.held ?? []).filter(({ channel }) => !story.audience.includes(channel)),
    ...fresh.map((channel) => {
      const watchId = joined.get(channel) ?? '';
      return { channel, watchId, where: whereOf.watch(watchId) };
    }),
  ];
  if (candidates.length === 0 && story.held === undefined) return { folded, joined };
  const judged = candidates.map((one) => ({ one, reason: reasonOf(story, one, whereOf) }));
  const held = judged.flatMap(({ one, reason }): readonly HeldBack[] => (reason === null ? [] : [{ ...one, reason }]));
  const kept = new Set(held.map(({ channel }) => channel));
  const joining = judged.filter(({ reason }) => reason === null).map(({ one }) => one);
  const { held: _, ...rest } = story;
  const audience = [...new Set([...story.audience, ...joining.map(({ channel }) => channel)])];
  return {
    folded: {
      ...folded,
      story: {
        ...rest,
        audience: audience.filter((channel) => !kept.has(channel)),
        ...(held.length === 0 ? {} : { held }),
      },
      // A channel joins because the card meets its conditions now, so it is owed the card even if nothing else changed.
      owes: folded.owes || joining.length > 0,
    },
    joined: new Map([
      ...[...joined].filter(([channel]) => !kept.has(channel)),
      ...joining.map(({ channel, watchId }) => [channel, watchId] as const),
    ]),
  };
}

function reasonOf(story: Story, { channel, where }: Candidate, whereOf: WhereOf): HeldBack['reason'] | null {
  const wishes = [where, whereOf.channel(channel)].filter((one) => one !== null);
  for (const wish of wishes) {
    const misfit = misfitOf(story.openness, wish);
    if (misfit !== null) return misfit;
  }
  return null;
}
