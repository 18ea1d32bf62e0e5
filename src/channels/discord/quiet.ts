// Makes room for another post where a server has reached Discord's limit of active ones: archives our quietest post.
import { z } from 'zod';
import type { Connection } from './connection.ts';
import type { DiscordPlace } from './place.ts';

const self = z.object({ id: z.string() });
const thread = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  parent_id: z.string().nullish(),
  owner_id: z.string().nullish(),
  last_message_id: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullish()
    .catch(null),
});
const active = z.object({ threads: z.array(z.unknown()) });

/** Archives our active post in this forum with the longest silence; a new message reopens it. False when that is impossible. */
export async function foldQuietest(connection: Connection, place: DiscordPlace, signal: AbortSignal): Promise<boolean> {
  if (place.guild === null) return false;
  const ask = (path: `/${string}`) => connection.call({ method: 'GET', path, auth: true }, signal);
  const me = await ask('/users/@me');
  const listed = await ask(`/guilds/${place.guild}/threads/active`);
  if (me.kind !== 'answer' || listed.kind !== 'answer') return false;
  const own = self.safeParse(me.body).data?.id;
  const ours = (active.safeParse(listed.body).data?.threads ?? [])
    .flatMap((one) => thread.safeParse(one).data ?? [])
    .filter(({ owner_id: owner, parent_id: parent }) => owner === own && parent === place.channel);
  // Ids grow with time, so that of its last message shows when a post was last written in.
  const spoke = ({ id, last_message_id: last }: z.infer<typeof thread>): bigint => BigInt(last ?? id);
  const [quietest] = ours.toSorted((one, other) => (spoke(one) < spoke(other) ? -1 : 1));
  if (own === undefined || quietest === undefined) return false;
  const path = `/channels/${quietest.id}` as const;
  const folded = await connection.call({ method: 'PATCH', path, body: { archived: true }, auth: true }, signal);
  return folded.kind === 'answer';
}
