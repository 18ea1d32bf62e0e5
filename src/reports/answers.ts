// Stories as programs get them, over HTTP or on the command line: nothing about channels or servers, and nothing private.
import { inEnglish } from '../messages/reasons/en.ts';
import { landedAt } from '../store/brief.ts';
import type { Fact, Story, StoryItem } from '../types/story.ts';
import type { PromisedStory } from './promises.ts';
import type { SpreadSeries } from './spread.ts';
import type { StandingWatch } from './standings.ts';

/** The path of a story's page on the board. Keys look like `model:xai/grok/2` but may contain anything. */
export function modelPath(key: string): string {
  return `/models/${encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%40', '@')}`;
}

export function verdictOf(story: Story): string | null {
  const verdict = story.openness?.verdict.value ?? 'unknown';
  return verdict === 'unknown' ? null : verdict;
}

const listed = 100;
const textAtMost = 4_000;

/** A stored time in the documented form, whatever its precision; null when it is not a time. */
function isoOf(written: string | null): string | null {
  if (written === null || Number.isNaN(Date.parse(written))) return null;
  return new Date(written).toISOString();
}

function time(written: string): string {
  return isoOf(written) ?? new Date(0).toISOString();
}

function dayOf(written: string | null): string | null {
  return written !== null && /^\d{4}-\d\d-\d\d$/.test(written) && isoOf(written) !== null ? written : null;
}

function factAnswer({ value, how, because }: Fact<unknown>) {
  return {
    value,
    how,
    evidence: {
      url: because.url,
      ...(because.field === undefined ? {} : { field: because.field }),
      ...(because.revision === undefined ? {} : { revision: because.revision }),
      at: time(because.at),
    },
  };
}

function entries(story: Story): readonly (readonly [string, Fact<unknown>])[] {
  return Object.entries(story.openness ?? {});
}

function parts(story: Story) {
  return {
    key: story.key,
    id: story.id,
    name: story.name,
    lab: story.lab,
    kind: story.sort,
    stage: story.stage,
    landedAt: story.stage === 'released' ? isoOf(landedAt(story)) : null,
    publishedAt: isoOf(story.publishedAt),
    openedAt: time(story.openedAt),
    updatedAt: time(story.updatedAt),
    url: story.url,
    page: modelPath(story.key),
    verdict: verdictOf(story),
  };
}

export function briefAnswer(story: Story) {
  const answers = Object.fromEntries(entries(story).map(([name, { value }]) => [name, value]));
  return { ...parts(story), answers: story.openness === null ? null : answers };
}

export function promiseAnswer({ story, pledge, keptAt }: PromisedStory) {
  return {
    key: story.key,
    name: story.name,
    lab: story.lab,
    by: pledge.by,
    source: pledge.quoteUrl,
    said: time(pledge.saidAt),
    dueFrom: dayOf(pledge.dueFrom),
    dueTo: dayOf(pledge.dueTo),
    confirmed: pledge.confirmed,
    state: pledge.state,
    keptAt: isoOf(keptAt),
  };
}

function itemAnswer({ title, url, at }: StoryItem) {
  return { title, url, at: isoOf(at) };
}

export function modelAnswer(story: Story) {
  const keptAt = story.marks.findLast(({ turn }) => turn === 'kept' || turn === 'kept late')?.at ?? null;
  const facts = Object.fromEntries(entries(story).map(([name, fact]) => [name, factAnswer(fact)]));
  return {
    ...parts(story),
    openness: story.openness === null ? null : facts,
    promise: story.pledge === null ? null : promiseAnswer({ story, pledge: story.pledge, keptAt }),
    timeline: story.marks.slice(-listed).map(({ at, turn, detail, url }) => ({ at: time(at), turn, detail, url })),
    evidence: story.evidence.slice(-listed).map(({ url, title, kind, at }) => ({ url, title, kind, at: time(at) })),
    parts: story.items.slice(0, listed).map(itemAnswer),
    derivatives: { count: story.spread.count, latest: story.spread.latest.slice(-listed).map(itemAnswer) },
    text: story.text?.slice(0, textAtMost) ?? null,
  };
}

export function watchAnswer(watch: StandingWatch) {
  return {
    ...watch,
    lastLook: isoOf(watch.lastLook),
    nextLook: isoOf(watch.nextLook),
    lastChange: isoOf(watch.lastChange),
    failingSince: isoOf(watch.failingSince),
    reason: watch.reason === null ? null : inEnglish(watch.reason),
    code: watch.reason?.code ?? null,
    pace: watch.pace === null ? null : inEnglish(watch.pace),
  };
}

export function spreadAnswer(story: Story, series: SpreadSeries) {
  return {
    key: story.key,
    name: story.name,
    released: series.released,
    measures: Object.fromEntries([...series.measures].map(([measure, points]) => [measure, [...points]])),
  };
}
