// Reads observations, model names and dates in words for the stories, with a table of laboratories.
import type { Iso, Observation } from '../../types/core.ts';
import { dayIn } from '../days.ts';
import { dueWindow } from '../due/window.ts';
import { readHeadline } from '../headlines/headline.ts';
import type { Window } from '../pledges.ts';
import { type Reading, type ReadObservation, unread } from '../reading.ts';
import { readTables, type TableTexts } from '../tables.ts';
import { type Identity, identify } from './identify.ts';
import { displayName, lineOf, storyKeyOf } from './key.ts';

export interface NameReader {
  readonly read: ReadObservation;
  /** What a model's name says; the lab (an id of the table) settles whose it is when the name does not. */
  readonly readModel: (name: string, lab: string | null) => Reading;
  /** Days that words name, counted from the day they were said on; null when they name none. */
  readonly windowOf: (words: string, said: string) => Window | null;
  /** The id of the lab whose account an address (`owner` or `owner/name`) stands in; null for everybody else's. */
  readonly labOf: (address: string) => string | null;
}

function speaksOn(url: string, sites: readonly string[]): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return sites.some((site) => host === site || host.endsWith(`.${site}`));
}

const addressesKept = 5_000;

/** Throws when a table is wrong. */
export function openNames(texts: TableTexts): NameReader {
  const labs = readTables(texts);
  /** What an address says does not change: all that stands in one repository says the same. */
  const addresses = new Map<string, Reading>();

  function readingOf(identity: Identity, moved: boolean): Reading {
    const lab = labs.byId.get(identity.lab ?? '') ?? null;
    const key = storyKeyOf(identity, labs);
    const due =
      identity.dueFrom === null || identity.dueTo === null ? null : { from: identity.dueFrom, to: identity.dueTo };
    return {
      lab: identity.lab,
      family: identity.family === null || identity.lab === null ? null : `${identity.lab}/${identity.family}`,
      key: key === null ? null : `model:${key}`,
      name: displayName(identity, labs),
      version: identity.version,
      line: lineOf(identity, labs),
      official: identity.official,
      label: identity.label ?? 'unrelated',
      due,
      moved,
      labName: lab?.names[0] ?? null,
      zone: lab?.zone ?? 'UTC',
      also: [],
    };
  }

  /** The other models that a clause of its own promises or releases. */
  function others(title: string, main: Reading, said: Iso): readonly Reading[] {
    const { clauses } = readHeadline(title, labs);
    if (clauses.length < 2) return [];
    const readings = clauses
      .filter(({ label }) => label === 'pledge' || label === 'release')
      .map(({ text, label }) => ({ ...readingOf(identify(text, { labs, at: said }), false), label }))
      .filter(({ key, version }) => key !== null && version !== null && key !== main.key);
    return [...new Map(readings.map((reading) => [reading.key, reading])).values()];
  }

  /** A title that promises without a date may have it in the sentence below. */
  function readNews({ title, text, url, publishedAt }: Observation, at: Iso): Reading {
    const said = publishedAt ?? at;
    const identity = identify(title, { labs, at: said });
    const own = speaksOn(url, labs.byId.get(identity.lab ?? '')?.sites ?? []);
    const moved = identity.label === 'pledge' && readHeadline(title, labs).moved;
    const main = readingOf({ ...identity, official: own ? true : identity.official }, moved);
    const reading: Reading = { ...main, also: others(title, main, said) };
    if (reading.label !== 'pledge' || reading.due !== null || text === null) return reading;
    const promising = readHeadline(text.slice(0, 1_000), labs).clauses.filter((clause) => clause.label === 'pledge');
    const day = dayIn(said, reading.zone);
    const due = promising.map((clause) => dueWindow(clause.text, day)).find((window) => window !== null) ?? null;
    return { ...reading, due };
  }

  function read(observation: Observation, at: Iso): Reading {
    if (observation.kind === 'entry' || observation.kind === 'link') return readNews(observation, at);
    const address = observation.about.slice(observation.about.indexOf(':') + 1).replace(/@.*$/, '');
    const known = addresses.get(address);
    if (known !== undefined) return known;
    const reading = readingOf(identify(address, { labs, at }), false);
    if (addresses.size >= addressesKept) addresses.clear();
    addresses.set(address, reading);
    return reading;
  }

  return {
    read,
    readModel: (name, lab) => {
      const named = labs.byId.get(lab ?? '');
      const alone = identify(name, { labs, at: '2000-01-01' });
      // `Phi` alone is a letter; beside its lab it is a model.
      const identity =
        alone.family === null && named !== undefined
          ? identify(`${named.names[0] ?? ''} ${name}`, { labs, at: '2000-01-01' })
          : alone;
      const reading = readingOf({ ...identity, dueFrom: null, dueTo: null }, false);
      if (named === undefined) return reading;
      return { ...unread, ...reading, lab: named.id, labName: named.names[0] ?? null, zone: named.zone };
    },
    windowOf: (words, said) => dueWindow(words, said),
    labOf: (address) => labs.byAccount.get((address.split('/')[0] ?? '').toLowerCase())?.id ?? null,
  };
}
