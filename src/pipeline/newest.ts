// The newest models of the families in a pass, as far as each scope sees them.

import type { Db } from '../store/define.ts';
import { itemsOfName, kindsOfFamily } from '../store/items.ts';
import { askersOf } from '../store/watches.ts';
import {
  compareVersions,
  endsLine,
  lineOfKey,
  type ModelLine,
  type NamedModel,
  type Newest,
  newestOf,
  sameLine,
} from '../stories/newest.ts';
import { isNews } from '../stories/news.ts';
import type { Reading } from '../stories/reading.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Assigned } from './assign.ts';
import type { PipelineContext } from './context.ts';
import { type Sees, seesOf } from './visibility.ts';

/**
 * `lab/family/version/line` of what a lab itself shows, in its own accounts and on its own pages; the version may be empty,
 * the line missing.
 */
export function nameKey(reading: Reading): string | null {
  // What is promised or rumoured does not exist yet.
  if (reading.label === 'pledge' || reading.label === 'rumour') return null;
  if (reading.official !== true || reading.family === null || reading.key === null) return null;
  return [reading.family, reading.version ?? '', reading.line].filter((part) => part !== null).join('/');
}

/** Version and line in such a key. */
export function lineOfName(key: string, family: string): ModelLine {
  const [version = '', line = null] = key.slice(family.length + 1).split('/');
  return { version: version === '' ? null : version, line };
}

function namedBy(observation: Observation, reading: Pick<Reading, 'version' | 'line' | 'name'>, at: Iso): NamedModel {
  const { kind, url, title, facts } = observation;
  const { version, line, name } = reading;
  const open = kind === 'weights' || facts.files !== undefined;
  return { version, line, name: name ?? title, open, news: isNews(kind), url, at };
}

/** A named model, and the target that showed it. */
interface Shown {
  readonly named: NamedModel;
  readonly targetId: string;
}

interface Family {
  readonly shown: Shown[];
  /** Models that the lab's own words name, with the target that said so; null = one that everybody sees. */
  readonly spoken: readonly (ModelLine & { readonly targetId: string | null })[];
}

interface Listed {
  readonly nameKey: string;
  readonly kind: string;
  readonly targetId: string | null;
}

interface FamilyQuestion {
  readonly family: string;
  readonly listed: readonly Listed[];
  readonly asked: readonly ModelLine[];
  readonly sees: Sees;
}

/** The stored models of the lines asked for, from the newest down to the newest open one that everybody sees. */
async function storedOf(
  db: Db,
  { family, listed, asked, sees }: FamilyQuestion,
  context: PipelineContext,
): Promise<Family> {
  const versionOf = (key: string): string => lineOfName(key, family).version ?? '';
  const keys = [...new Set(listed.map((one) => one.nameKey))].sort((one, other) =>
    compareVersions(versionOf(other), versionOf(one)),
  );
  const left = new Set(asked);
  const shown: Shown[] = [];
  for (const key of keys) {
    // A key that was stored without a line may belong to any line; the reading below tells which.
    const { line } = lineOfName(key, family);
    const wanted = [...left].filter((own) => line === null || own.line === line);
    if (wanted.length === 0) continue;
    for (const { observation, firstSeen } of await itemsOfName(db, key)) {
      const named = namedBy(observation, context.read(observation, context.now), firstSeen);
      shown.push({ named, targetId: observation.targetId });
    }
    // Older models of the line decide nothing.
    for (const own of wanted) {
      if (shown.some(({ named, targetId }) => named.open && endsLine(own, named) && sees('file', targetId)))
        left.delete(own);
    }
    if (left.size === 0) break;
  }
  const spoken = listed
    .filter(({ kind }) => isNews(kind))
    .map(({ nameKey: key, targetId }) => ({ ...lineOfName(key, family), targetId }));
  return { shown, spoken };
}

/** Who sees what of these families; when no guild watches anything, everybody sees everything. */
async function familiesSeen(db: Db, assigned: Assigned, families: readonly string[], scopes: readonly string[]) {
  const listed = new Map<string, readonly Listed[]>();
  const guilds = families.length > 0 && (await askersOf(db, [], scopes)) !== null;
  for (const family of families) listed.set(family, await kindsOfFamily(db, family, guilds));
  const ids = [...listed.values()].flat().flatMap(({ targetId }) => targetId ?? []);
  const askers = guilds ? await askersOf(db, [...new Set(ids)], scopes) : null;
  const ofPass = seesOf(assigned.askers);
  const stored = askers === null ? () => true : seesOf(askers);
  const sees: Sees = (scope, id) => (assigned.askers.has(id) ? ofPass(scope, id) : stored(scope, id));
  return { listed, sees };
}

/** The newest models of each family for the file and these guilds, including what this pass saw. */
export async function newestIn(
  db: Db,
  assigned: Assigned,
  guilds: readonly string[],
  context: PipelineContext,
): Promise<(story: Story) => Newest> {
  const families = [...new Set(assigned.changes.map(({ reading }) => reading.family))].filter((one) => one !== null);
  const { listed, sees } = await familiesSeen(db, assigned, families, guilds);
  const known = new Map<string, Family>();
  // A key has every word of the name, a line only the words with version numbers of their own; the reading tells which.
  const lines = new Map(
    assigned.changes
      .filter(({ reading, storyKey }) => reading.key !== null && storyKey.replace(/~.*/, '') === reading.key)
      .map(({ reading, storyKey }) => [storyKey, { version: lineOfKey(storyKey).version, line: reading.line }]),
  );
  const ownLine = (key: string): ModelLine => lines.get(key) ?? lineOfKey(key);
  for (const family of families) {
    const asked = new Map(
      assigned.changes
        .filter(({ reading }) => reading.family === family)
        .map(({ storyKey }) => [JSON.stringify(ownLine(storyKey)), ownLine(storyKey)]),
    );
    known.set(
      family,
      await storedOf(db, { family, listed: listed.get(family) ?? [], asked: [...asked.values()], sees }, context),
    );
  }
  for (const { change, reading, targetId } of assigned.changes) {
    if (
      change.type === 'gone' ||
      change.observation.kind === 'quantised' ||
      reading.family === null ||
      nameKey(reading) === null
    )
      continue;
    const named = namedBy(change.observation, reading, context.now);
    known.get(reading.family)?.shown.push({ named, targetId });
  }
  return ({ family, scope, key }) => {
    const of = known.get(family ?? '');
    const own = ownLine(key);
    const seen = (id: string | null): boolean => id === null || sees(scope, id);
    const shown = (of?.shown ?? []).filter(({ targetId }) => seen(targetId)).map(({ named }) => named);
    const spoken = (of?.spoken ?? []).filter(({ targetId }) => seen(targetId));
    return newestOf(sameLine(own, shown), sameLine(own, spoken).length > 0);
  };
}
