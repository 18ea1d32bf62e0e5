// Which event a change counts as, if it is news at all, and what must not reach guilds. Pure.

import type { Difference } from '../types/change.ts';
import type { Kind, Observation, Watch } from '../types/core.ts';

/**
 * The `on` name under which a change is news; null when it is not news by itself: a licence seen together with its
 * repository, a release whose title was edited.
 */
export function newsOf(change: Difference): Kind | null {
  const { type, observation, previous } = change;
  const { kind, sort } = observation;
  switch (type) {
    case 'new':
      return sort === 'thing' ? kind : null;
    case 'gone':
      return sort === 'thing' && kind !== 'entry' && kind !== 'link' && kind !== 'code' && kind !== 'quantised'
        ? 'state'
        : null;
    case 'edited':
      if (change.quiet === 'noted') return null;
      if (kind === 'release') return promoted(change) ? 'release' : null;
      // A tag that only gained or lost its release did not move.
      if (kind === 'tag') return previous?.fingerprint === observation.fingerprint ? null : 'state';
      if (kind === 'code') return observation.fingerprint === 'pushed' ? 'code' : null;
      return sort === 'trait' ? kind : null;
  }
}

/** Reports about something, not the thing itself. */
export function isNews(kind: string): boolean {
  return kind === 'entry' || kind === 'link' || kind === 'support';
}

/** Kinds that are told only to watches whose `on` names them. */
export const whenNamed: ReadonlySet<Kind> = new Set<Kind>(['support', 'quantised']);

/** Whether `on` asks for this kind of news; null stands for all kinds that need not be named. */
export function isAsked(on: readonly Kind[] | null, kind: Kind): boolean {
  return on === null ? !whenNamed.has(kind) : on.includes(kind);
}

export function promoted(change: Difference): boolean {
  return (
    change.observation.kind === 'release' &&
    change.previous?.facts.prerelease === true &&
    change.observation.facts.prerelease === false
  );
}

/** The guild whose watch it is; null for a watch of the file. */
export function guildOf(watch: Watch): string | null {
  return watch.origin.by === 'file' ? null : watch.origin.guild;
}

/** Private: our token may see more than the people of a guild may. */
export function isHidden({ facts }: Observation): boolean {
  return facts.visibility === 'private';
}

/** Must not be told to guilds, except for the news that something public has become private. */
export function isPrivate({ observation, previous }: Difference): boolean {
  return isHidden(observation) && !(observation.kind === 'state' && previous?.facts.visibility === 'public');
}
