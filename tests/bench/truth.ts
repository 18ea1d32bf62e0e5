// How true what Landfall reads is: scores files of labelled headlines and names, and recordings of feeds with judged titles.
// node tests/bench/truth.ts PATH... [--config FILE]... [--wrong]; the last line is the table as JSON. A path is a CSV file of
// labels, a folder of them, or a folder that `landfall run --record` wrote, which is replayed under each --config.
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
  type Share,
  scoreFields,
  scoreHeadlines,
  scoreNames,
} from './truth-labels.ts';
import { replayed, scoreRecording } from './truth-recording.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { wrong: { type: 'boolean', default: false }, config: { type: 'string', multiple: true, default: [] } },
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

const recordings = positionals.filter((path) => statSync(path).isDirectory() && isRecording(path));
const replays = recordings.flatMap((recording) =>
  values.config.map((config) =>
    scoreRecording(replayed(recording, config), rowsWith('title', 'right_label', 'right_name'), { recording, config }),
  ),
);
if (recordings.length > 0 && replays.length === 0)
  say('a recording is replayed under a configuration: name it with --config');

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
  replays: replays.map(({ wrong: _wrong, ...scores }) => scores),
  headlines: {
    all: scoreHeadlines(headlines),
    en: scoreHeadlines(inLanguage('en')),
    ko: scoreHeadlines(inLanguage('ko')),
  },
  names: scoreNames(names),
  nameFields: scoreFields(names),
};
for (const [lang, scores] of Object.entries(table.headlines)) {
  say(`${lang}: ${scores.rows} headlines, macro F1 ${scores.macroF1}`);
  for (const [label, { precision, recall }] of Object.entries(scores.labels))
    say(`  ${label}: precision ${precision}, recall ${recall}`);
  say(
    `  windows exact ${scores.dueExact.right} of ${scores.dueExact.of}; promises with a wrong date ${scores.wrongDates.wrong} of ${scores.wrongDates.of}`,
  );
}
for (const { wrong, ...scores } of replays) {
  if (values.wrong) for (const line of wrong) say(line);
  say(`${scores.recording} under ${scores.config}:`);
  const part = ({ right, of }: Share): string => `${right} of ${of}`;
  say(
    `  judged alerts that concern an open model ${part(scores.concern)} (${scores.unjudged} not judged); judged titles told ${part(scores.told)}; names right ${part(scores.names)}`,
  );
  say(
    `  false merges ${scores.falseMerges}, swallowed ${scores.swallowed}; promises right ${part(scores.promises)}, false overdue ${scores.overdue}`,
  );
}
say(`names: all fields exact ${table.names.right} of ${table.names.of}`);
say(JSON.stringify(table));
