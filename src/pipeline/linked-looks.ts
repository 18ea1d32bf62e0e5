// An entry that leads to a repository in a lab's own account is a reason to look there at once.

import type { Db, Statement } from '../store/define.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import { hurryTargets } from '../store/targets.ts';
import { isNews } from '../stories/news.ts';
import type { Iso } from '../types/core.ts';
import type { JudgedChange } from './scope-changes.ts';

const entriesPerHour = 20;
const counter = 'linked looks';

/**
 * The targets that new entries of this pass lead to, as far as somebody watches them, are due now. Only what the file's feeds
 * say: a guild's entries cost the file no look. So many an hour, so that a page full of links is no reason for a flood.
 */
export async function linkedLooks(db: Db, judged: readonly JudgedChange[], now: Iso): Promise<readonly Statement[]> {
  const lists = judged.flatMap(({ assigned: { change, reading, beside }, verdicts, filed }) => {
    const isFresh =
      change.type === 'new' && !change.baseline && change.quiet === null && isNews(change.observation.kind);
    const isRefused = verdicts.length > 0 && verdicts.every(({ refused }) => refused);
    return isFresh && filed && !beside && !isRefused && reading.repositories !== undefined
      ? [reading.repositories]
      : [];
  });
  if (lists.length === 0) return [];
  const hour = now.slice(0, 13);
  const [counted, n] = ((await readMeta(db, counter)) ?? '').split(' ');
  const spent = counted === hour ? Number(n) : 0;
  const chosen = lists.slice(0, Math.max(0, entriesPerHour - spent));
  if (chosen.length === 0) return [];
  return [...hurryTargets([...new Set(chosen.flat())], now), saveMeta(counter, `${hour} ${spent + chosen.length}`)];
}
