// Reads names, headlines and dates in words with the tables that belong to the program.
import { type NameReader, openNames } from '../stories/names/read.ts';
import { readTables, type Tables, type TableTexts } from '../stories/tables.ts';
import { ownText } from './files.ts';

let opened: NameReader | null = null;

const ownTexts = (): TableTexts => ({
  labs: ownText('labs.yaml'),
  english: ownText('headlines-en.yaml'),
  korean: ownText('headlines-ko.yaml'),
});

/** The tables are read when the first name is: a look that changes nothing does without them. */
function open(): NameReader {
  opened ??= openNames(ownTexts());
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

export function ownTables(): Tables {
  return readTables(ownTexts());
}
