// How true what Landfall reads is: scores files of labelled headlines and names, and recordings of feeds with judged titles.
// node tests/bench/truth.ts PATH... [--config FILE]... [--wrong]; the last line is the table as JSON.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tables as labs } from '../stories/tables.ts';
import { type Row, readCsv } from './truth-csv.ts';
import {
  type Read,
  readHeadlines,
  readNames,
  rightLabel,
  rightName,
  rightWindow,
  scoreHeadlines,
  scoreNames,
} from './truth-labels.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wrong: { type: 'boolean', default: false } },
});

const isRecording = (path: string): boolean => existsSync(join(path, 'feed'));

/** A folder stands for its CSV files. */
function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  if (isRecording(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => join(path, name));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (positionals.length === 0) {
  say('bench:truth: which files? Give CSV files of labels, or folders of them');
  process.exit(2);
}

const tables = positionals.flatMap(filesOf).map((file) => ({ file, rows: readCsv(readFileSync(file, 'utf8')) }));
const rowsWith = (...columns: readonly string[]): readonly Row[] =>
  tables.flatMap(({ rows }) => (columns.every((column) => rows[0]?.[column] !== undefined) ? rows : []));

const headlines = readHeadlines(rowsWith('text', 'label', 'published'), labs);
const names = readNames(rowsWith('input', 'family', 'version'), labs);
const inLanguage = (lang: string): readonly Read<(typeof headlines)[number]['found']>[] =>
  headlines.filter(({ row }) => row.lang === lang);

if (values.wrong) {
  for (const one of headlines) {
    if (!rightLabel(one)) say(`label ${one.found.label}, not ${one.row.label}: ${one.row.text}`);
    if (!rightWindow(one))
      say(
        `window ${one.found.dueFrom}..${one.found.dueTo}, not ${one.row.due_from}..${one.row.due_to}: ${one.row.text}`,
      );
  }
  for (const one of names) if (!rightName(one)) say(`name ${JSON.stringify(one.found)}: ${one.row.input}`);
}

const table = {
  headlines: {
    all: scoreHeadlines(headlines),
    en: scoreHeadlines(inLanguage('en')),
    ko: scoreHeadlines(inLanguage('ko')),
  },
  names: scoreNames(names),
};
for (const [lang, scores] of Object.entries(table.headlines)) {
  say(`${lang}: ${scores.rows} headlines, macro F1 ${scores.macroF1}`);
  for (const [label, { precision, recall }] of Object.entries(scores.labels))
    say(`  ${label}: precision ${precision}, recall ${recall}`);
  say(
    `  windows exact ${scores.dueExact.right} of ${scores.dueExact.of}; promises with a wrong date ${scores.wrongDates.wrong} of ${scores.wrongDates.of}`,
  );
}
say(`names: all fields exact ${table.names.right} of ${table.names.of}`);
say(JSON.stringify(table));
