// Reads names, headlines and dates in words with the lab table that belongs to the program.
import { type LabTable, readLabs } from '../stories/names/labs.ts';
import { type NameReader, openNames } from '../stories/names/read.ts';
import { ownText } from './files.ts';

let opened: NameReader | null = null;

/** The table is read when the first name is: a look that changes nothing does without it. */
function open(): NameReader {
  opened ??= openNames(ownText('labs.yaml'));
  return opened;
}

export function createReader(): NameReader {
  return {
    read: (observation, at) => open().read(observation, at),
    readModel: (name, lab) => open().readModel(name, lab),
    windowOf: (words, said) => open().windowOf(words, said),
    labOf: (address) => open().labOf(address),
  };
}

export function ownLabs(): LabTable {
  return readLabs(ownText('labs.yaml'));
}
