// `landfall try`: parses an entry like those of the file, and prepares one look at it.
import type { App } from '../cli/command.ts';
import { valueAt } from '../config/keys.ts';
import type { Config } from '../config/shape.ts';
import { readWatches } from '../config/watches.ts';
import { openHttp } from '../infra/http/client.ts';
import { createExpressions } from '../infra/regex.ts';
import { firstPace } from '../scheduler/first-pace.ts';
import type { Source } from '../sources/define.ts';
import { sources } from '../sources/index.ts';
import type { Target, Watch } from '../types/core.ts';
import { type TrialDeps, tryWatches } from '../worker/trial.ts';
import { cardOf } from './card.ts';
import { createReader, labWatches, ownTables } from './names.ts';
import { openSources, userAgent } from './open-worker.ts';

const floorOf = (target: Target, watch: Watch | undefined): number =>
  Math.max(sources.find(({ kind }) => kind === target.source)?.floorMs ?? 0, watch?.floorMs ?? 0);

/** How often it would be looked at among the file's targets of the same pool. */
function pacing(config: Config, opened: ReadonlyMap<string, Source>, now: () => number): TrialDeps['paceOf'] {
  return (target, watch, history) => {
    const source = opened.get(target.source);
    const pool = source?.pool(target) ?? target.source;
    const beside = config.targets.filter((one) => one.id !== target.id && opened.get(one.source)?.pool(one) === pool);
    const watches = new Map(config.watches.map((one) => [one.targetId, one]));
    const others = beside.map((one) => {
      const own = watches.get(one.id);
      return { floorMs: floorOf(one, own), weight: own?.weight ?? 1 };
    });
    const own = { floorMs: floorOf(target, watch), weight: watch.weight };
    return firstPace({ others, own, quota: source?.quota?.(pool, others.length + 1), history }, now());
  };
}

export const tryEntry: App['tryEntry'] = async (config, entry, signal) => {
  const channels = config.channels.map(({ name }) => name);
  const { targets, watches, findings } = readWatches(
    [entry],
    { sources, labs: () => [...ownTables(config.labs).byId.keys()], labWatches: labWatches(config.labs) },
    { known: channels, told: (to) => to ?? channels },
    (path) => {
      const written = valueAt({ watch: [entry] }, path);
      return typeof written === 'string' || typeof written === 'number' ? String(written) : null;
    },
  );
  if (findings.length > 0) return { kind: 'wrong', problems: findings };
  const http = openHttp({ userAgent, allowPrivate: config.allowPrivate });
  try {
    const opened = openSources({ ...config, targets: [...config.targets, ...targets] }, http);
    const deps: TrialDeps = {
      sources: opened,
      now: Date.now,
      signal,
      matcher: createExpressions().matcher,
      read: createReader(config).read,
      card: cardOf(),
      paceOf: pacing(config, opened, Date.now),
    };
    return { kind: 'tried', trials: await tryWatches(deps, targets, watches) };
  } finally {
    await http.close();
  }
};
