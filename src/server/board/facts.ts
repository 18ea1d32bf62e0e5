// The answers of the openness card as text. Handles questions it does not know, so a new one needs no change here.
import { html } from 'hono/html';
import { fill } from '../../messages/fill.ts';
import { copiesText } from '../../messages/openness.ts';
import type { Evidence, Fact, Openness, Story } from '../../types/story.ts';
import { clipped, type Html, outward, part } from './parts.ts';
import type { BoardView } from './view.ts';

export interface CardQuestion {
  readonly name: string;
  readonly label: string;
  readonly fact: Fact<unknown>;
}

const answerAtMost = 200;
/** Questions whose numeric answers are sizes in bytes. */
const sizes: ReadonlySet<string> = new Set(['bytes', 'smallestDownload', 'memory']);
/** Questions whose answers have their texts in a table of another name. */
const tables: Readonly<Record<string, string>> = {
  licenceClass: 'licenceClasses',
  verdict: 'verdicts',
  commercialUse: 'commercial',
  kind: 'kinds',
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFact(value: unknown): value is Fact<unknown> {
  return isRecord(value) && 'value' in value && isRecord(value.because);
}

/** The translation of one of our own answer codes; null when there is none. */
function said(name: string, answer: string, view: BoardView): string | null {
  const found: unknown = Reflect.get(view.language.texts, tables[name] ?? name);
  if (!isRecord(found) || !Object.hasOwn(found, answer)) return null;
  const text = found[answer];
  return typeof text === 'string' ? text : null;
}

function wordText(name: string, value: string, view: BoardView): string {
  const [head = '', ...rest] = value.split(': ');
  const known = said(name, value, view);
  if (known !== null) return known;
  // In `conditional: under 700 M users`, the first word is our code and the rest is quoted from the licence.
  const template = rest.length === 0 ? null : said(name, head, view);
  return template === null ? value : fill(template, { condition: rest.join(': ') });
}

function nothing(name: string, view: BoardView): string {
  const { noLicence, noReport } = view.language.texts;
  if (name === 'licence') return noLicence;
  if (name === 'report') return noReport;
  const { absent, none } = view.words;
  return Object.hasOwn(absent, name) ? (absent[name] ?? none) : none;
}

export function answerText(name: string, value: unknown, view: BoardView): string {
  const { words, language } = view;
  if (value === 'unknown' || value === undefined) return words.unknown;
  if (value === null) return nothing(name, view);
  if (typeof value === 'number') return sizes.has(name) ? language.bytes(value) : language.number(value);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'string') return clipped(wordText(name, value, view), answerAtMost);
  if (Array.isArray(value)) {
    if (value.length === 0) return words.none;
    return clipped(value.map((one) => answerText(name, one, view)).join(', '), answerAtMost);
  }
  if (isRecord(value) && typeof value.code === 'string') {
    const params = isRecord(value.params) ? Object.values(value.params).map(String) : [];
    return clipped([wordText(name, value.code, view), ...params].join(' '), answerAtMost);
  }
  if (!isRecord(value)) return words.unknown;
  // An object of unknown shape: list its values in their order.
  const known = Object.values(value).filter((one) => one !== null && one !== undefined);
  return clipped(known.map((one) => answerText(name, one, view)).join(' · '), answerAtMost);
}

/** Like `answerText`, for questions whose text needs the whole card. */
export function factText(openness: Openness, name: string, fact: Fact<unknown>, view: BoardView): string {
  const copies = name === 'copies' ? copiesText(openness, view.language) : null;
  return copies === null ? answerText(name, fact.value, view) : clipped(copies, answerAtMost);
}

export function questionLabel(name: string, view: BoardView): string {
  const label: unknown = Reflect.get(view.language.texts.labels, name);
  if (typeof label === 'string') return label;
  const own = Object.hasOwn(view.words.questions, name) ? view.words.questions[name] : undefined;
  if (own !== undefined) return own;
  const spaced = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** All questions of the card, in its order, without the verdict, which is shown separately. */
export function questionsOf(openness: Openness | null, view: BoardView): readonly CardQuestion[] {
  if (openness === null) return [];
  return Object.entries(openness).flatMap(([name, fact]: [string, unknown]) =>
    name !== 'verdict' && isFact(fact) ? [{ name, label: questionLabel(name, view), fact }] : [],
  );
}

export function factOf(story: Story, name: string): Fact<unknown> | null {
  const found: unknown = story.openness === null ? undefined : Reflect.get(story.openness, name);
  return isFact(found) ? found : null;
}

/** An answer linked to its evidence. An unknown one is marked by more than its colour, for accessibility. */
export function answer(name: string, fact: Fact<unknown> | null, view: BoardView): Html | null {
  if (fact === null) return null;
  if (fact.value === 'unknown') return html`<span class="unknown">${view.words.unknown}</span>`;
  return outward(fact.because.url, answerText(name, fact.value, view), view, 'fact');
}

/** The first twelve characters of a revision. */
export function revisionText({ revision }: Evidence): string | null {
  return revision === undefined || revision === '' ? null : clipped(revision, 100).slice(0, 12);
}

/** `314B · 500 GB`; null for a story without a card. */
export function sizeText(story: Story, view: BoardView): Html | null {
  if (story.openness === null) return null;
  const known = ['parameters', 'bytes'].flatMap((name) => {
    const value = factOf(story, name)?.value;
    return value === undefined || value === null || value === 'unknown' ? [] : [answerText(name, value, view)];
  });
  return known.length === 0 ? html`<span class="unknown">${view.words.unknown}</span>` : part(known.join(' · '));
}
