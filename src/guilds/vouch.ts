// Somebody in a Discord server vouches for an account: for that server or, from an operators' channel, for everybody.
import type { Statement } from '../store/define.ts';
import { saveStory, storyById } from '../store/stories.ts';
import { saveVouch } from '../store/vouches.ts';
import type { Vouch } from '../types/labs.ts';
import { iso } from '../types/time.ts';
import { ownOf } from './answer-pledge.ts';
import { type GuildChannelIds, type GuildContext, shownTo } from './context.ts';

/** `everywhere`: it counts for everybody, not only in this server. Null: the story is gone, or nobody needs to vouch. */
export type VouchedHere = { readonly account: string; readonly lab: string; readonly everywhere: boolean } | null;

type Asking = Pick<GuildContext, 'db' | 'now' | 'fileChannel' | 'config'>;

function isOperators({ config, fileChannel }: Asking, { channel }: GuildChannelIds): boolean {
  const name = fileChannel(channel);
  return config.channels.some((one) => one.name === name && one.operator);
}

/** The worker takes it into account at its next wake. */
export async function vouchHere(asking: Asking, place: GuildChannelIds, storyId: string): Promise<VouchedHere> {
  const { db } = asking;
  const known = await storyById(db, storyId);
  const [story] = known === null ? [] : await shownTo(db, place, [known]);
  const strange = story?.known.unvouched ?? null;
  if (story === undefined || strange === null || story.lab === null || story.subject === null) return null;
  const source = story.subject.slice(0, story.subject.indexOf(':'));
  const everywhere = isOperators(asking, place);
  const scope: Vouch['scope'] = everywhere ? 'file' : { guild: place.guild };
  const now = iso(asking.now());
  const statements: Statement[] = [saveVouch({ scope, source, account: strange.account, lab: story.lab }, now)];
  if (!everywhere && story.scope === 'file') {
    // The server continues with its own story, so that nobody else's changes.
    const own = await ownOf(asking, place, story);
    if (own.before === 0)
      statements.push(saveStory({ ...own.story, revision: own.story.revision + 1, updatedAt: now }, 0));
  }
  const outcome = await db.batch(statements);
  return outcome === 'done' ? { account: strange.account, lab: strange.lab, everywhere } : null;
}
