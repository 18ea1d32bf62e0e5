// What a recording of feeds makes the built command tell, held against titles that a person has judged.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Row } from './truth-csv.ts';
import { type Share, shareOf } from './truth-labels.ts';

const command = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const alertSchema = z.object({
  alert: z.object({
    name: z.string(),
    stage: z.string(),
    what: z.string(),
    url: z.string().nullish(),
    evidence: z.array(z.object({ url: z.string(), title: z.string().nullish() })).default([]),
  }),
});

export type ToldAlert = z.infer<typeof alertSchema>['alert'];

export interface RecordingScores {
  readonly recording: string;
  readonly config: string;
  /** Of the alerts whose link or title a person judged: those about the release, promise or rumour of an open model. */
  readonly concern: Share;
  /** Alerts that nobody judged: they are listed with what was read wrongly, for a person to look at. */
  readonly unjudged: number;
  /** Of the judged releases, promises and rumours: those that an alert tells or a card holds. */
  readonly told: Share;
  /** Of those with a judged name: the cards that bear it. */
  readonly names: Share;
  /** Cards whose evidence holds models of different judged names. */
  readonly falseMerges: number;
  /** Judged models that stand only in the evidence of cards which another entry opened. */
  readonly swallowed: number;
  /** Of the alerts of a promise: those that a person judged to be one. */
  readonly promises: Share;
  /** Alerts that a promise is overdue of which no judged promise says so. */
  readonly overdue: number;
  readonly wrong: readonly string[];
}

/** Every alert that `landfall replay` tells; throws with what the command said when it fails. */
export function replayed(recording: string, config: string): readonly ToldAlert[] {
  const data = mkdtempSync(join(tmpdir(), 'landfall-truth-'));
  try {
    const run = spawnSync(
      process.execPath,
      [command, 'replay', recording, '--config', config, '--data', data, '--json'],
      {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      },
    );
    if (run.status !== 0)
      throw new Error(`landfall replay ${recording}: exit ${run.status}: ${run.stderr.slice(-500)}`);
    return run.stdout
      .split('\n')
      .filter((line) => line.startsWith('{"alert"'))
      .map((line) => alertSchema.parse(JSON.parse(line)).alert);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** "Qwen 3 VL" and "Qwen3-VL" are one name, and a size makes no other. */
const nameOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[ _-]\d+(?:\.\d+)?b\b/g, '')
    .replace(/[\s_-]+/g, '');

interface Judged {
  readonly label: string;
  readonly name: string;
}

function judgements(rows: readonly Row[]): (link: string, title: string | null | undefined) => Judged | null {
  const byLink = new Map<string, Judged>();
  const byTitle = new Map<string, Judged>();
  for (const row of rows) {
    const judged = { label: row.right_label ?? '', name: nameOf(row.right_name ?? '') };
    if (row.url !== undefined && row.url !== '') byLink.set(row.url, judged);
    byTitle.set((row.title ?? '').trim(), judged);
  }
  return (link, title) => byLink.get(link) ?? byTitle.get((title ?? '').trim()) ?? null;
}

export function scoreRecording(
  alerts: readonly ToldAlert[],
  rows: readonly Row[],
  { recording, config }: { readonly recording: string; readonly config: string },
): RecordingScores {
  const judge = judgements(rows);
  const read = alerts.map((alert) => {
    const evidence = alert.evidence.flatMap(({ url, title }) => judge(url, title) ?? []);
    const own = judge(alert.url ?? '', alert.evidence[0]?.title) ?? null;
    return { alert, own, evidence };
  });
  const judged = read.filter(({ own }) => own !== null);
  const concerned = judged.filter(({ own }) => own?.label !== 'unrelated');
  const named = concerned.filter(({ own }) => own !== null && own.name !== '');
  const badly = named.filter(({ alert, own }) => nameOf(alert.name) !== own?.name);
  const namesIn = ({ evidence }: (typeof read)[number]): ReadonlySet<string> =>
    new Set(evidence.flatMap(({ name }) => (name === '' ? [] : [name])));
  const merged = read.filter((one) => namesIn(one).size > 1);
  const heard = new Set(read.flatMap(({ alert, own }) => [nameOf(alert.name), own?.name ?? '']));
  const swallowed = [...new Set(read.flatMap((one) => [...namesIn(one)]))].filter((name) => !heard.has(name));
  const links = new Set(alerts.flatMap(({ url, evidence }) => [url ?? '', ...evidence.map((one) => one.url)]));
  const titles = new Set(alerts.flatMap(({ evidence }) => evidence.map(({ title }) => (title ?? '').trim())));
  const meant = rows.filter((row) => row.right_label !== 'unrelated');
  const reached = meant.filter((row) => links.has(row.url ?? '') || titles.has((row.title ?? '').trim()));
  const promises = read.filter(({ alert }) => alert.stage === 'pledged');
  const kept = promises.filter(({ own }) => own?.label === 'pledge');
  const late = read.filter(({ alert, own }) => alert.what.includes('overdue') && own?.label !== 'pledge');
  const lines = (what: string, list: typeof read): readonly string[] =>
    list.map(({ alert }) => `${what}: ${alert.name}`);
  return {
    recording,
    config,
    concern: shareOf(concerned.length, judged.length),
    unjudged: read.length - judged.length,
    told: shareOf(reached.length, meant.length),
    names: shareOf(named.length - badly.length, named.length),
    falseMerges: merged.length,
    swallowed: swallowed.length,
    promises: shareOf(kept.length, promises.length),
    overdue: late.length,
    wrong: [
      ...lines(
        'alert that concerns no open model',
        judged.filter((one) => !concerned.includes(one)),
      ),
      ...lines(
        'alert that nobody judged',
        read.filter(({ own }) => own === null),
      ),
      ...meant.filter((row) => !reached.includes(row)).map((row) => `not told: ${row.title}`),
      ...badly.map(({ alert, own }) => `card "${alert.name}", not "${own?.name}"`),
      ...merged.map((one) => `card "${one.alert.name}" holds ${[...namesIn(one)].join(', ')}`),
      ...swallowed.map((name) => `never told by itself: ${name}`),
      ...lines(
        'promise that is none',
        promises.filter((one) => !kept.includes(one)),
      ),
      ...lines('overdue without a promise', late),
    ],
  };
}
