// What is known of the families of models that a pass speaks of: the newest of each, as far as a scope sees them.

import type { Db } from '../store/define.ts';
import { itemsOfName, kindsOfFamily } from '../store/items.ts';
import { askersOf } from '../store/watches.ts';
import { compareVersions, type NamedModel, type Newest, newestOf } from '../stories/newest.ts';
import { isNews } from '../stories/news.ts';
import type { Reading } from '../stories/reading.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Assigned } from './assign.ts';
import type { PipelineContext } from './context.ts';
import { type Sees, seesOf } from './visibility.ts';

/** Only what a lab itself shows names a model: its own accounts and pages. */
export function nameKey(reading: Reading): string | null {
  // What is promised or rumoured is not there yet.
  if (reading.label === 'pledge' || reading.label === 'rumour') return null;
  return reading.official === true && reading.family !== null && reading.version !== null
    ? `${reading.family}/${reading.version}`
    : null;
}

function namedBy(observation: Observation, reading: Pick<Reading, 'version' | 'name'>, at: Iso): NamedModel {
  const { kind, url, title, facts } = observation;
  const open = kind === 'weights' || facts.files !== undefined;
  return { version: reading.version ?? '', name: reading.name ?? title, open, news: isNews(kind), url, at };
}

/** Something that names a model, and the target that showed it. */
interface Shown {
  readonly named: NamedModel;
  readonly targetId: string;
}

interface Family {
  readonly shown: Shown[];
  /** Targets whose words spoke of it; null = one that everybody sees. */
  readonly spokenBy: readonly (string | null)[];
}

interface Listed {
  readonly nameKey: string;
  readonly kind: string;
  readonly targetId: string | null;
}

/** Of what is stored: the models down to the newest that is open for all; the older ones decide nothing. */
async function storedOf(
  db: Db,
  family: string,
  listed: readonly Listed[],
  sees: Sees,
  context: PipelineContext,
): Promise<Family> {
  const versionOf = (key: string): string => key.slice(family.length + 1);
  const keys = [...new Set(listed.map((one) => one.nameKey))].sort((one, other) =>
    compareVersions(versionOf(other), versionOf(one)),
  );
  const shown: Shown[] = [];
  for (const key of keys) {
    for (const { observation, firstSeen } of await itemsOfName(db, key)) {
      const { name } = context.read(observation, context.now);
      const named = namedBy(observation, { version: versionOf(key), name }, firstSeen);
      shown.push({ named, targetId: observation.targetId });
    }
    if (shown.some(({ named, targetId }) => named.open && sees('file', targetId))) break;
  }
  return { shown, spokenBy: listed.filter(({ kind }) => isNews(kind)).map(({ targetId }) => targetId) };
}

/** Who sees what of these families: everybody everything, where no guild watches anything. */
async function familiesSeen(db: Db, assigned: Assigned, families: readonly string[]) {
  const listed = new Map<string, readonly Listed[]>();
  const guilds = (await askersOf(db, [])) !== null;
  for (const family of families) listed.set(family, await kindsOfFamily(db, family, guilds));
  const ids = [...listed.values()].flat().flatMap(({ targetId }) => targetId ?? []);
  const askers = guilds ? await askersOf(db, [...new Set(ids)]) : null;
  const ofPass = seesOf(assigned.askers);
  const stored = askers === null ? () => true : seesOf(askers);
  const sees: Sees = (scope, id) => (assigned.askers.has(id) ? ofPass(scope, id) : stored(scope, id));
  return { listed, sees };
}

/** What is known of each family, with what this pass has seen of it. */
export async function newestIn(
  db: Db,
  assigned: Assigned,
  context: PipelineContext,
): Promise<(story: Story) => Newest> {
  const families = [...new Set(assigned.changes.map(({ reading }) => reading.family))].filter((one) => one !== null);
  const { listed, sees } = await familiesSeen(db, assigned, families);
  const known = new Map<string, Family>();
  for (const family of families) known.set(family, await storedOf(db, family, listed.get(family) ?? [], sees, context));
  for (const { change, reading, targetId } of assigned.changes) {
    if (change.type === 'gone' || reading.family === null || nameKey(reading) === null) continue;
    const named = namedBy(change.observation, reading, context.now);
    known.get(reading.family)?.shown.push({ named, targetId });
  }
  return ({ family, scope }) => {
    const of = known.get(family ?? '');
    const seen = (id: string | null): boolean => id === null || sees(scope, id);
    return newestOf(
      (of?.shown ?? []).filter(({ targetId }) => seen(targetId)).map(({ named }) => named),
      of?.spokenBy.some(seen) === true,
    );
  };
}
