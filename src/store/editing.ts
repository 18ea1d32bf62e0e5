// Changes what a watch added by people tells and whom it pings; and finds the roles to ping for a story.
import type { Watch } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { doc } from './rows.ts';
import { specOf } from './watches.ts';

/** A conflict when the watch no longer exists. */
export function saveSpec(watch: Watch): Statement {
  return { sql: 'UPDATE watches SET spec = $2 WHERE id = $1', params: [watch.id, specOf(watch)], rows: 1 };
}

/** Roles that this guild's watches ping in a channel for a story that they told. */
export async function rolesFor(db: Db, guild: string, channel: string, storyId: string): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT w.spec AS spec FROM watches w WHERE w.guild = $1 AND w.spec LIKE '%"mention":[%'
      AND EXISTS (SELECT 1 FROM verdicts v WHERE v.watch_id = w.id AND v.told = 1 AND v.story_id = $2)`,
    [guild, storyId],
  );
  const specs = rows.map((row) => doc<Pick<Watch, 'to' | 'mention'>>(row, 'spec'));
  return [...new Set(specs.flatMap(({ to, mention = [] }) => (to.includes(channel) ? mention : [])))];
}
