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
  /** Of the alerts told: those whose link or title is judged a release, promise or rumour of an open model. */
  readonly concern: Share;
  /** Of those with a judged name: the cards that bear it. */
  readonly names: Share;
  /** Cards whose evidence holds models of different judged names. */
  readonly falseMerges: number;
  /** Judged models that stand only in the evidence of cards which another entry opened. */
  readonly swallowed: number;
  readonly pledges: number;
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

/** "Mistral Small 3" and "mistral-small-3" are one name. */
const nameOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

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
  const concerned = read.filter(({ own }) => own !== null && own.label !== 'unrelated');
  const named = concerned.filter(({ own }) => own !== null && own.name !== '');
  const badly = named.filter(({ alert, own }) => nameOf(alert.name) !== own?.name);
  const merged = read.filter(
    ({ evidence }) => new Set(evidence.flatMap(({ name }) => (name === '' ? [] : [name]))).size > 1,
  );
  const heard = new Set(read.flatMap(({ own }) => own?.name ?? []));
  const inEvidence = new Set(read.flatMap(({ evidence }) => evidence.map(({ name }) => name)));
  const swallowed = [...inEvidence].filter((name) => name !== '' && !heard.has(name));
  return {
    recording,
    config,
    concern: shareOf(concerned.length, read.length),
    names: shareOf(named.length - badly.length, named.length),
    falseMerges: merged.length,
    swallowed: swallowed.length,
    pledges: read.filter(({ alert }) => alert.stage === 'pledged').length,
    overdue: read.filter(({ alert }) => alert.what.includes('overdue')).length,
    wrong: [
      ...read
        .filter((one) => !concerned.includes(one))
        .map(({ alert }) => `alert that concerns no open model: ${alert.name}`),
      ...badly.map(({ alert, own }) => `card "${alert.name}", not "${own?.name}"`),
      ...merged.map(
        ({ alert, evidence }) => `card "${alert.name}" holds ${evidence.map(({ name }) => name).join(', ')}`,
      ),
      ...swallowed.map((name) => `never told by itself: ${name}`),
    ],
  };
}
