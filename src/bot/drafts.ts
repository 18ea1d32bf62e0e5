// Previews of watches that wait for somebody to confirm them. In memory: a lost one is asked for again.
import type { Drafts, KeptDraft } from './define.ts';

/** As long as Discord lets an answer be changed, in milliseconds. */
const lifeMs = 15 * 60_000;
/** Of one guild, so that none drives out what others were shown; and of all, for the memory's sake. */
const guildMost = 50;
const most = 10_000;

interface Kept {
  readonly draft: KeptDraft;
  readonly at: number;
}

export function createDrafts(now: () => number, newId: () => string): Drafts {
  // Both in the order in which they were kept.
  const kept = new Map<string, Kept>();
  const ofGuilds = new Map<string, Set<string>>();
  const drop = (id: string): void => {
    const guild = kept.get(id)?.draft.place.guild ?? '';
    kept.delete(id);
    const own = ofGuilds.get(guild);
    own?.delete(id);
    if (own?.size === 0) ofGuilds.delete(guild);
  };
  const makeRoom = (own: ReadonlySet<string>): void => {
    for (const [id, { at }] of kept) {
      if (at >= now() - lifeMs && kept.size < most) break;
      drop(id);
    }
    const [oldest] = own;
    if (oldest !== undefined && own.size >= guildMost) drop(oldest);
  };
  return {
    keep: (draft) => {
      const { guild } = draft.place;
      makeRoom(ofGuilds.get(guild) ?? new Set());
      const id = newId();
      kept.set(id, { draft, at: now() });
      ofGuilds.set(guild, (ofGuilds.get(guild) ?? new Set()).add(id));
      return id;
    },
    take: (id, place) => {
      const found = kept.get(id);
      if (found === undefined || found.at < now() - lifeMs) return null;
      const { guild, channel } = found.draft.place;
      if (guild !== place.guild || channel !== place.channel) return null;
      drop(id);
      return found.draft;
    },
  };
}
