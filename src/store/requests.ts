// Requests made while a worker runs; it handles them at its next wake.
import type { Iso } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { text } from './rows.ts';

export interface PledgeRequest {
  readonly storyId: string;
  readonly answer: 'confirmed' | 'dismissed';
}

/** One answer per promise; the last one counts. */
export function askPledge({ storyId, answer }: PledgeRequest, now: Iso): Statement {
  return {
    sql: `INSERT INTO requests (story_id, answer, at) VALUES ($1, $2, $3)
      ON CONFLICT (story_id) DO UPDATE SET answer = excluded.answer, at = excluded.at`,
    params: [storyId, answer, now],
  };
}

export async function pledgeRequests(db: Db): Promise<readonly PledgeRequest[]> {
  const rows = await db.all(`SELECT story_id, answer FROM requests ORDER BY at, story_id`);
  return rows.map((row) => ({
    storyId: text(row, 'story_id'),
    answer: text(row, 'answer') === 'confirmed' ? 'confirmed' : 'dismissed',
  }));
}

/** Compares the answer as well, so that a newer one is kept. */
export function takePledge({ storyId, answer }: PledgeRequest): Statement {
  return { sql: `DELETE FROM requests WHERE story_id = $1 AND answer = $2`, params: [storyId, answer] };
}
