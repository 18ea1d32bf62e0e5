// The turns that one change brings to a story. Pure.
import type { Difference } from '../types/change.ts';
import type { Facts } from '../types/core.ts';
import type { Turn } from '../types/story.ts';
import { promoted } from './news.ts';

export interface Turned {
  readonly turn: Turn;
  readonly detail: string | null;
}

/** Turns that edit the card and also post a short reply. */
const replied: ReadonlySet<Turn> = new Set<Turn>([
  'released',
  'pledge moved',
  'overdue',
  'kept',
  'kept late',
  'pledge withdrawn',
  'withdrawn',
  'back',
  'licence changed',
  'data published',
  'gated',
  'ungated',
  'disabled',
  'enabled',
  'archived',
  'unarchived',
  'renamed',
  'replaced',
  'made private',
  'tag moved',
  'code pushed',
  'weights arrived',
  'said to be out',
  'promoted',
  'quantised',
]);

export function isReplied(turn: Turn): boolean {
  return replied.has(turn);
}

/** Detail of a turn where only the weights are gone: the page is still there. */
export const weightsDetail = 'weights';

function licenceName(facts: Facts): string {
  return facts.licenceName ?? facts.licence ?? 'none';
}

function stateTurns(before: Facts, after: Facts): readonly Turned[] {
  const turns: Turned[] = [];
  if (before.archived !== true && after.archived === true) turns.push({ turn: 'archived', detail: null });
  if (before.archived === true && after.archived === false) turns.push({ turn: 'unarchived', detail: null });
  if (before.visibility !== 'private' && after.visibility === 'private')
    turns.push({ turn: 'made private', detail: null });
  if (before.disabled !== true && after.disabled === true) turns.push({ turn: 'disabled', detail: null });
  if (before.disabled === true && after.disabled === false) turns.push({ turn: 'enabled', detail: null });
  if (after.renamedTo !== undefined && after.renamedTo !== before.renamedTo)
    turns.push({ turn: 'renamed', detail: after.renamedTo });
  return turns;
}

/** A pull request has two turns: it is opened, and it is merged. */
function supportTurns({ type, observation, previous }: Difference): readonly Turned[] {
  const { support } = observation.facts;
  if (support === undefined || type === 'gone') return [];
  const detail = `${support.repository}#${support.number}`;
  if (support.merged) return previous?.facts.support?.merged === true ? [] : [{ turn: 'support merged', detail }];
  return type === 'new' && previous === null ? [{ turn: 'support', detail }] : [];
}

/** Empty for a change without a turn: the story records it silently. */
export function turnsOf(change: Difference): readonly Turned[] {
  const { type, observation, previous } = change;
  if (observation.kind === 'support') return supportTurns(change);
  if (change.quiet !== null) return [];
  const before = previous?.facts ?? {};
  const after = observation.facts;
  switch (type) {
    case 'gone': {
      if (observation.kind === 'weights') return [{ turn: 'withdrawn', detail: weightsDetail }];
      if (change.replaced !== undefined) return [{ turn: 'replaced', detail: null }];
      const thing = observation.kind === 'repo' || observation.kind === 'model';
      const part = observation.kind === 'release' || observation.kind === 'tag';
      return thing || part ? [{ turn: 'withdrawn', detail: part ? observation.title : null }] : [];
    }
    case 'new':
      if (after.quantised !== undefined)
        return [{ turn: 'quantised', detail: `${after.quantised.format} ${after.quantised.repository}` }];
      return previous === null ? [] : [{ turn: 'back', detail: observation.kind === 'weights' ? weightsDetail : null }];
    case 'edited':
      switch (observation.kind) {
        case 'licence':
          return [{ turn: 'licence changed', detail: `${licenceName(before)} → ${licenceName(after)}` }];
        case 'gated':
          return [{ turn: after.gated === 'no' ? 'ungated' : 'gated', detail: after.gated ?? null }];
        case 'state':
          return stateTurns(before, after);
        case 'tag':
          return previous?.fingerprint === observation.fingerprint
            ? []
            : [
                {
                  turn: 'tag moved',
                  detail: `${before.commit ?? previous?.fingerprint ?? '?'} → ${after.commit ?? observation.fingerprint}`,
                },
              ];
        case 'code':
          return observation.fingerprint === 'pushed' ? [{ turn: 'code pushed', detail: null }] : [];
        case 'release':
          return promoted(change) ? [{ turn: 'promoted', detail: null }] : [];
        default:
          return [];
      }
  }
}
