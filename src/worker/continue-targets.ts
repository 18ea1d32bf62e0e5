// Before watches are registered: an entry of which only options changed keeps its target, and with it its baseline.
import { continueTarget, isShared } from '../store/continuing.ts';
import { targetsById } from '../store/targets.ts';
import type { Watch } from '../types/core.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';

/** `ended`: watches that the configuration no longer has. True when something goes on under another id. */
export async function continueTargets(
  { config, db, sources, now }: Pick<Worker, 'config' | 'db' | 'sources' | 'now'>,
  ended: readonly Watch[],
): Promise<boolean> {
  const changeable = config.targets.filter(({ source }) => sources.get(source)?.continues !== undefined);
  if (changeable.length === 0 || ended.length === 0) return false;
  const wanted = new Set(config.targets.map(({ id }) => id));
  const stored = await targetsById(db, [...changeable.map(({ id }) => id), ...ended.map(({ targetId }) => targetId)]);
  const left = new Set(ended.map(({ targetId }) => targetId).filter((id) => !wanted.has(id)));
  let moved = false;
  for (const target of changeable.filter(({ id }) => !stored.has(id))) {
    const continues = sources.get(target.source)?.continues;
    const before = [...left]
      .map((id) => stored.get(id)?.target)
      .find((one) => one !== undefined && one.source === target.source && continues?.(one, target) === true);
    if (before === undefined || (await isShared(db, before.id))) continue;
    left.delete(before.id);
    moved = (await db.batch(continueTarget(before.id, target, iso(now())))) === 'done' || moved;
  }
  return moved;
}
