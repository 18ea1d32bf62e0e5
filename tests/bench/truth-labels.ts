// How well labelled headlines and names are read: the figures of the table, and what was read wrongly.

import { readAt } from '../../src/reports/identify.ts';
import { type Identity, identify } from '../../src/stories/names/identify.ts';
import type { Tables } from '../../src/stories/tables.ts';
import type { Row } from './truth-csv.ts';

const labels = ['pledge', 'release', 'rumour', 'unrelated'] as const;
const nameColumns = ['family', 'version', 'size', 'variant', 'format'] as const;

/** A part of a whole, as it is printed: `{"right":16,"of":27,"share":0.593}`. */
export interface Share {
  readonly right: number;
  readonly of: number;
  /** Null when there is nothing to be right about. */
  readonly share: number | null;
}

interface LabelScore {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number;
}

export interface HeadlineScores {
  readonly rows: number;
  readonly macroF1: number;
  readonly labels: Readonly<Record<(typeof labels)[number], LabelScore>>;
  /** Of the rows with a window: those read with exactly that window. */
  readonly dueExact: Share;
  /** Of the rows read as a pledge with a window: those where the label has another window or none. */
  readonly wrongDates: { readonly wrong: number; readonly of: number };
}

export interface Read<Found> {
  readonly row: Row;
  readonly found: Found;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export const shareOf = (right: number, of: number): Share => ({
  right,
  of,
  share: of === 0 ? null : rounded(right / of),
});

/** Each row as of the day it was published. */
export function readHeadlines(rows: readonly Row[], labs: Tables): readonly Read<Identity>[] {
  return rows.map((row) => ({
    row,
    found: identify(row.text ?? '', { labs, at: readAt(row.published ?? '') ?? '2026-01-01' }),
  }));
}

export function readNames(rows: readonly Row[], labs: Tables): readonly Read<Identity>[] {
  return rows.map((row) => ({ row, found: identify(row.input ?? '', { labs, at: '2026-01-01' }) }));
}

/** A note may say of which columns nothing is certain: `unscored: version+format`. */
const unscored = (row: Row): readonly string[] => /unscored: ([a-z+]+)/.exec(row.note ?? '')?.[1]?.split('+') ?? [];

export const rightName = ({ row, found }: Read<Identity>): boolean =>
  nameColumns.every((column) => unscored(row).includes(column) || (found[column] ?? '') === (row[column] ?? ''));

export const rightLabel = ({ row, found }: Read<Identity>): boolean => found.label === row.label;

export const rightWindow = ({ row, found }: Read<Identity>): boolean =>
  (found.dueFrom ?? '') === (row.due_from ?? '') && (found.dueTo ?? '') === (row.due_to ?? '');

function scoreOf(label: string, read: readonly Read<Identity>[]): LabelScore {
  const hits = read.filter(({ row, found }) => row.label === label && found.label === label).length;
  const said = read.filter(({ found }) => found.label === label).length;
  const meant = read.filter(({ row }) => row.label === label).length;
  return {
    precision: said === 0 ? null : rounded(hits / said),
    recall: meant === 0 ? null : rounded(hits / meant),
    f1: hits === 0 ? 0 : rounded((2 * hits) / (said + meant)),
  };
}

export function scoreHeadlines(read: readonly Read<Identity>[]): HeadlineScores {
  const [pledge, release, rumour, unrelated] = [
    scoreOf('pledge', read),
    scoreOf('release', read),
    scoreOf('rumour', read),
    scoreOf('unrelated', read),
  ];
  const dated = read.filter(({ row }) => (row.due_from ?? '') !== '');
  const promised = read.filter(({ found }) => found.label === 'pledge' && found.dueFrom !== null);
  return {
    rows: read.length,
    macroF1: rounded((pledge.f1 + release.f1 + rumour.f1 + unrelated.f1) / 4),
    labels: { pledge, release, rumour, unrelated },
    dueExact: shareOf(dated.filter(rightWindow).length, dated.length),
    wrongDates: { wrong: promised.filter((one) => !rightWindow(one)).length, of: promised.length },
  };
}

export const scoreNames = (read: readonly Read<Identity>[]): Share =>
  shareOf(read.filter(rightName).length, read.length);

/** Field by field: a name of five fields with one wrong is right in four. */
export const scoreFields = (read: readonly Read<Identity>[]): Share =>
  shareOf(
    read.flatMap(({ row, found }) => nameColumns.filter((column) => (found[column] ?? '') === (row[column] ?? '')))
      .length,
    read.length * nameColumns.length,
  );
