// The ids of the Discord servers that the bot is known to be in.
import type { Iso } from '../types/core.ts';
import type { Statement } from './define.ts';

export function knowServers(guilds: readonly string[], now: Iso): readonly Statement[] {
  return guilds.map((guild) => ({
    sql: 'INSERT INTO guilds (guild, known_at) VALUES ($1, $2) ON CONFLICT (guild) DO NOTHING',
    params: [guild, now],
  }));
}

/** A conflict when it is already known. */
export function addServer(guild: string, now: Iso): Statement {
  return {
    sql: 'INSERT INTO guilds (guild, known_at) VALUES ($1, $2) ON CONFLICT (guild) DO NOTHING',
    params: [guild, now],
    rows: 1,
  };
}
