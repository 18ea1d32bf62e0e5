// An entry that links to a repository in a lab's own account is a reason to look there at once, whoever watches it.

import type { Db, Statement } from '../store/define.ts';
import { parentsOf } from '../store/finds.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import { hurryTargets } from '../store/targets.ts';
import { watchesOn } from '../store/watches.ts';
import type { LinkedRepository } from '../stories/names/links.ts';
import { guildOf, isNews } from '../stories/news.ts';
import type { Iso, Target, Watch } from '../types/core.ts';
import type { JudgedChange } from './scope-changes.ts';

const looksPerHour = 20;
const counter = 'linked looks';

/** One look at a target that nobody watches; `watches` told the entry that links to it. */
export interface LinkedLook {
  readonly target: Target;
  readonly parentId: string;
  readonly watches: readonly Watch[];
}

export interface LinkedLooks {
  readonly looks: readonly LinkedLook[];
  readonly statements: readonly Statement[];
}

/** A repository that an entry links to, and for whom it is looked at: the file (null), or a guild. */
interface Lead {
  readonly repository: LinkedRepository;
  readonly parentId: string;
  readonly guild: string | null;
  readonly watches: readonly Watch[];
}

function leadsOf({ assigned, verdicts, filed }: JudgedChange): readonly Lead[] {
  const { change, reading, beside, targetId } = assigned;
  const isFresh = change.type === 'new' && !change.baseline && change.quiet === null && isNews(change.observation.kind);
  if (!isFresh || beside || reading.repositories === undefined) return [];
  const told = verdicts.filter((one) => one.told).map(({ watch }) => watch);
  const [first] = told;
  // What the file watches is evidence for everybody, so a guild's watch on the same target causes no looks.
  const watches = filed ? told.filter((watch) => guildOf(watch) === null) : told;
  if (first === undefined || watches.length === 0) return [];
  const guild = filed ? null : guildOf(first);
  return reading.repositories.map((repository) => ({ repository, parentId: targetId, guild, watches }));
}

/** Chooses as many as the hourly limits of the file and of each guild allow; one repository is looked at once. */
async function within(db: Db, leads: readonly Lead[], now: Iso) {
  const hour = now.slice(0, 13);
  const chosen: Lead[] = [];
  const statements: Statement[] = [];
  for (const [guild, own] of Map.groupBy(leads, (lead) => lead.guild)) {
    const name = guild === null ? counter : `${counter} ${guild}`;
    const [counted, n] = ((await readMeta(db, name)) ?? '').split(' ');
    const spent = counted === hour ? Number(n) : 0;
    const each = new Map(own.map((lead) => [lead.repository.target.id, lead]));
    const some = [...each.values()].slice(0, Math.max(0, looksPerHour - spent));
    if (some.length > 0) statements.push(saveMeta(name, `${hour} ${spent + some.length}`));
    chosen.push(...some);
  }
  return { chosen, statements };
}

/** For each target, who has it scheduled already: the file (null) and guilds. */
async function watchersOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
  const finds = (await parentsOf(db, ids)).filter(({ asked }) => asked === undefined);
  const watches = await watchesOn(db, [...new Set([...ids, ...finds.map(({ parentId }) => parentId)])]);
  const on = Map.groupBy(watches, ({ targetId }) => targetId);
  const parents = Map.groupBy(finds, ({ childId }) => childId);
  return new Map(
    ids.map((id) => {
      const asking = [id, ...(parents.get(id) ?? []).map(({ parentId }) => parentId)];
      return [id, asking.flatMap((target) => on.get(target) ?? []).map(guildOf)];
    }),
  );
}

/**
 * Handles the repositories that new entries link to: one that is watched becomes due at once (for the file's entries), one
 * that nobody watches gets one look. There is an hourly limit, so that a page full of links does not cause a flood of looks.
 */
export async function linkedLooks(db: Db, judged: readonly JudgedChange[], now: Iso): Promise<LinkedLooks> {
  const leads = judged.flatMap(leadsOf);
  if (leads.length === 0) return { looks: [], statements: [] };
  const { chosen, statements } = await within(db, leads, now);
  const ids = chosen.flatMap(({ repository: { target, account } }) => [target.id, account.id]);
  const watchers = await watchersOf(db, [...new Set(ids)]);
  const known = chosen.filter(({ repository: { target, account }, guild }) =>
    [target.id, account.id].some((id) => watchers.get(id)?.some((asking) => asking === null || asking === guild)),
  );
  const hurried = known
    .filter(({ guild }) => guild === null)
    .flatMap(({ repository: { target, account } }) => [target.id, account.id]);
  return {
    looks: chosen
      .filter((lead) => !known.includes(lead))
      .map(({ repository, parentId, watches }) => ({ target: repository.target, parentId, watches })),
    statements: [...statements, ...(hurried.length === 0 ? [] : hurryTargets([...new Set(hurried)], now))],
  };
}
