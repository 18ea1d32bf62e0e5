// The tables of config/, for tests that read names and headlines.
import { readFileSync } from 'node:fs';
import { readTables, type TableTexts } from '../../src/stories/tables.ts';

const text = (name: string): string => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');

export const texts: TableTexts = {
  labs: text('labs.yaml'),
  english: text('headlines-en.yaml'),
  korean: text('headlines-ko.yaml'),
  datesEnglish: text('dates-en.yaml'),
  datesKorean: text('dates-ko.yaml'),
  support: text('support.yaml'),
};

export const tables = readTables(texts);
