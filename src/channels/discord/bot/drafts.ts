// Previews of watches that wait for somebody to confirm them. In memory: a lost one is asked for again.
import type { WatchDraft } from '../../../actions/watch-add.ts';
import type { Drafts } from './define.ts';

/** As long as Discord lets an answer be changed, in milliseconds. */
const lifeMs = 15 * 60_000;
const most = 1_000;

export function createDrafts(now: () => number, newId: () => string): Drafts {
  const kept = new Map<string, { readonly draft: WatchDraft; readonly at: number }>();
  return {
    keep: (draft) => {
      for (const [id, { at }] of kept) if (at < now() - lifeMs || kept.size >= most) kept.delete(id);
      const id = newId();
      kept.set(id, { draft, at: now() });
      return id;
    },
    take: (id, place) => {
      const found = kept.get(id);
      if (found === undefined || found.at < now() - lifeMs) return null;
      const { guild, channel } = found.draft.place;
      if (guild !== place.guild || channel !== place.channel) return null;
      kept.delete(id);
      return found.draft;
    },
  };
}
