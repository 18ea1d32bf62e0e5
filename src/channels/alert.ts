// One alert as plain data: drawn by the terminal, printed by its `--json`, and sent by the webhook.
import { type Card, cardOf, stageText, type Tone } from '../messages/card.ts';
import { dayIn, type Language } from '../messages/format.ts';
import { plainNotes } from '../messages/notes.ts';
import { oneLine, plainLines } from '../messages/outside.ts';
import { headline, turnLinks, turnsText } from '../messages/turns.ts';
import type { Iso } from '../types/core.ts';
import type { Story, StoryItem } from '../types/story.ts';
import type { Draft, DraftStyle } from './define.ts';

/** The JSON of an alert; `--json` prints it as `{"alert": …}`, one per line. */
export type Alert = {
  readonly name: string;
  /** The story's stage, or the form where there is no single story: `group`, `digest`, `notice`. */
  readonly stage: string;
  readonly what: string;
  readonly url: string | null;
  readonly at: Iso | null;
  readonly text: string;
  readonly evidence: readonly { readonly url: string; readonly title: string; readonly at: Iso | null }[];
};

/** What the terminal draws. The texts are sanitised: they contain no control sequences. */
export type Drawing = {
  readonly tone: Tone | 'plain';
  readonly badge: string;
  readonly title: string;
  readonly lead: string | null;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly notes: string | null;
  readonly url: string | null;
};

export interface DrawnAlert {
  readonly alert: Alert;
  readonly drawing: Drawing;
}

const notesShown = 400;

function shortNotes(notes: string | null): string | null {
  const text = notes === null ? '' : plainNotes(notes);
  if (text === '') return null;
  if (text.length <= notesShown) return text;
  const cut = text.slice(0, notesShown + 1);
  return `${cut
    .slice(0, Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'), notesShown / 2))
    .toWellFormed()
    .trimEnd()} …`;
}

function evidenceOf(story: Story): Alert['evidence'] {
  return story.evidence.map(({ url, title, at, kind, revision }) => ({
    url: oneLine(url),
    title: oneLine(title),
    at,
    kind,
    ...(revision === undefined ? {} : { revision: oneLine(revision) }),
  }));
}

function rowsOf(card: Card, style: DraftStyle, language: Language): Drawing['rows'] {
  const moment = (at: Iso) => language.moment(at, style.timezone);
  const row = (label: string, value: string) => ({ label, value: oneLine(value) });
  const places = card.evidence.list.filter(({ url }) => url !== card.url).map(({ url }) => url);
  return [
    ...card.lines.map(({ label, value }) => row(label, value)),
    ...(card.notKnown === null ? [] : [card.notKnown]),
    ...(card.published === null ? [] : [row(card.published.label, moment(card.published.at))]),
    ...(card.timeline?.entries ?? []).map(({ at, text }, index) =>
      row(index === 0 ? (card.timeline?.label ?? '') : '', `${moment(at)}  ${text}`),
    ),
    ...(card.items?.list ?? []).map(({ title, url }, index) =>
      row(index === 0 ? (card.items?.label ?? '') : '', `${title}  ${url}`),
    ),
    ...[...new Set(places)].map((url, index) => row(index === 0 ? card.evidence.label : '', url)),
  ];
}

interface StoryTelling {
  readonly what: string;
  readonly style: DraftStyle;
  readonly language: Language;
  readonly whole: boolean;
}

function storyTold(story: Story, { what, style, language, whole }: StoryTelling): DrawnAlert {
  const card = cardOf(story, language);
  const lead = [card.merged, whole ? card.verdict : null, card.pledge].filter((line) => line !== null).map(oneLine);
  const rows = whole ? rowsOf(card, style, language) : [];
  const notes = whole ? shortNotes(card.notes) : null;
  const drawing: Drawing = {
    tone: card.tone,
    badge: card.stage,
    title: oneLine(card.name),
    lead: [whole && card.ownName !== null ? `${oneLine(what)}: ${oneLine(card.ownName)}` : oneLine(what), ...lead]
      .filter((line) => line !== '')
      .join('\n'),
    rows,
    notes,
    url: whole ? oneLine(card.url) : null,
  };
  const said = [
    ...lead,
    ...rows.map(({ label, value }) => (label === '' ? value : `${label}: ${value}`)),
    ...(notes === null ? [] : [notes]),
  ];
  const alert: Alert = {
    name: drawing.title,
    stage: story.stage,
    what: oneLine(what),
    url: oneLine(story.url),
    at: story.publishedAt ?? story.updatedAt,
    text: said.join('\n'),
    evidence: evidenceOf(story),
  };
  return { alert, drawing };
}

interface ListTelling {
  readonly stage: string;
  readonly title: string;
  readonly url: string | null;
  readonly items: readonly StoryItem[];
  readonly what: string;
  readonly badge: string;
}

function listTold({ stage, title, url, items, what, badge }: ListTelling): DrawnAlert {
  const list = items.map((item) => ({ url: oneLine(item.url), title: oneLine(item.title), at: item.at }));
  const text = list.map((item) => `${item.title}\n${item.url}`).join('\n');
  return {
    alert: { name: oneLine(title), stage, what: oneLine(what), url, at: null, text, evidence: list },
    drawing: {
      tone: 'plain',
      badge,
      title: oneLine(what),
      lead: null,
      rows: [],
      notes: text === '' ? null : text,
      url,
    },
  };
}

export function told(draft: Draft, style: DraftStyle, language: Language): DrawnAlert {
  const { texts } = language;
  switch (draft.form) {
    case 'card':
      return storyTold(draft.story, { what: headline(draft.story, language), style, language, whole: true });
    case 'reply': {
      const { story, turns } = draft;
      const at = turns.at(-1)?.at ?? story.updatedAt;
      // A card cannot be edited here, so the turn that completes it shows the whole card again.
      const whole = turns.some(({ turn }) => turn === 'released');
      const reply = storyTold(story, { what: turnsText(story, turns, language), style, language, whole });
      const lead = `${language.moment(at, style.timezone)}: ${reply.drawing.lead ?? ''}`;
      const links = turnLinks(turns).map(oneLine);
      const rows = [
        ...reply.drawing.rows,
        ...(whole ? [] : links.map((url) => ({ label: texts.links.quantised, value: url }))),
      ];
      const text = [reply.alert.text, ...links].filter((part) => part !== '').join('\n');
      return { alert: { ...reply.alert, at, text }, drawing: { ...reply.drawing, lead, rows } };
    }
    case 'group': {
      const what = language.count(texts.group, draft.items.length, { title: draft.title });
      return listTold({
        stage: 'group',
        title: draft.title,
        url: draft.url === null ? null : oneLine(draft.url),
        items: draft.items,
        what,
        badge: '+',
      });
    }
    case 'digest': {
      const window = language.days(dayIn(draft.from, style.timezone), dayIn(draft.to, style.timezone));
      const what = language.count(texts.digest, draft.stories.length, { window });
      const items = draft.stories.map((story) => ({
        key: story.id,
        url: story.url,
        at: story.publishedAt,
        title: `[${stageText(story, language)}] ${story.name}: ${headline(story, language)}`,
      }));
      const list = listTold({ stage: 'digest', title: what, url: null, items, what, badge: '=' });
      return draft.stories.length > 0 ? list : { ...list, drawing: { ...list.drawing, notes: texts.digestEmpty } };
    }
    case 'notice': {
      const title = oneLine(draft.title);
      const text = plainLines(draft.text);
      return {
        alert: { name: title, stage: 'notice', what: texts.notice, url: null, at: null, text, evidence: [] },
        drawing: { tone: 'plain', badge: texts.notice, title, lead: null, rows: [], notes: text, url: null },
      };
    }
  }
}
