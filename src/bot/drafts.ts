// Previews of watches waiting for confirmation. Kept in memory: a lost one just has to be asked for again.
import type { Drafts, KeptDraft } from './define.ts';

/** How long Discord lets an interaction's answer be edited, in milliseconds. */
const lifeMs = 15 * 60_000;
/** Limits per guild, so that no guild displaces another's drafts, and in total, to bound memory. */
const guildMost = 50;
const most = 10_000;

interface Kept {
  readonly draft: KeptDraft;
  readonly at: number;
}

export function createDrafts(now: () => number, newId: () => string): Drafts {
  // Both in insertion order.
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
