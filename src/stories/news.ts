// What is news at all: the event a change counts as, and what is nobody's business but the file's. Pure.

import type { Difference } from '../types/change.ts';
import type { Kind, Observation, Watch } from '../types/core.ts';

/**
 * Which of the `on` names a change is news under; null when it is no news in itself: a licence seen together with its
 * repository, a release whose title was edited.
 */
export function newsOf(change: Difference): Kind | null {
  const { type, observation, previous } = change;
  const { kind, sort } = observation;
  switch (type) {
    case 'new':
      return sort === 'thing' ? kind : null;
    case 'gone':
      return sort === 'thing' && kind !== 'entry' && kind !== 'link' && kind !== 'code' ? 'state' : null;
    case 'edited':
      if (change.quiet === 'noted') return null;
      if (kind === 'release') return promoted(change) ? 'release' : null;
      // A tag that only lost or gained its release did not move.
      if (kind === 'tag') return previous?.fingerprint === observation.fingerprint ? null : 'state';
      if (kind === 'code') return observation.fingerprint === 'pushed' ? 'code' : null;
      return sort === 'trait' ? kind : null;
  }
}

/** Words about something, not the thing itself. */
export function isNews(kind: string): boolean {
  return kind === 'entry' || kind === 'link' || kind === 'support';
}

/** Kinds that are told only to watches whose `on` names them. */
export const whenNamed: ReadonlySet<Kind> = new Set<Kind>(['support']);

/** Whether `on` asks for this kind of news; null stands for all that need not be named. */
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

/** The guild that asked; null for the file. */
export function guildOf(watch: Watch): string | null {
  return watch.origin.by === 'file' ? null : watch.origin.guild;
}

/** Our token may see more than the people of a guild may. */
export function isHidden({ facts }: Observation): boolean {
  return facts.visibility === 'private';
}

/** Nothing for guilds; that something public is private from now on is. */
export function isPrivate({ observation, previous }: Difference): boolean {
  return isHidden(observation) && !(observation.kind === 'state' && previous?.facts.visibility === 'public');
}
