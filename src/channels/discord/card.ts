// A story's card: an embed made for phones (what, how open, when, links), with link buttons where these are possible.
import { type Card, cardOf, type Tone } from '../../messages/card.ts';
import type { Language } from '../../messages/format.ts';
import { webAddress } from '../../messages/outside.ts';
import type { Iso } from '../../types/core.ts';
import type { Story } from '../../types/story.ts';
import { type Embed, type EmbedField, fitEmbed, fitLines, limits } from './embed.ts';
import { buttons, evidenceLines, linkable, strictHref } from './links.ts';
import type { CardLook } from './look.ts';
import { notes } from './notes.ts';
import type { CardButton, DiscordMessage } from './page.ts';
import { pressButtons } from './press.ts';
import { bare, called, hostLink, inline, namedLink, namesOtherPlace } from './text.ts';

export const colours: Readonly<Record<Tone | 'plain', number>> = {
  released: 0x2ecc71,
  pledged: 0x9b59b6,
  seen: 0xf1c40f,
  reported: 0x3498db,
  overdue: 0xe74c3c,
  gone: 0x7f8c8d,
  plain: 0x5865f2,
};

export const badges: Readonly<Record<Tone, string>> = {
  released: '🟢',
  pledged: '🟣',
  seen: '🟡',
  reported: '🔵',
  overdue: '🔴',
  gone: '⚫',
};

const notesMost = 700;
const notesLines = 14;
const turnsShown = 3;

/** Address of the avatar of the story's GitHub account; Discord's clients load it, not Landfall. */
function avatarOf(story: Story, server: string): string | null {
  const base = webAddress(server);
  if (base === null || !linkable(base)) return null;
  for (const url of [story.url, ...story.evidence.map((evidence) => evidence.url)]) {
    const address = webAddress(url);
    const owner = address?.host === base.host ? address.pathname.split('/')[1] : undefined;
    if (owner !== undefined && /^[A-Za-z0-9-]{1,39}$/.test(owner)) return new URL(`/${owner}.png`, base).href;
  }
  return null;
}

/** A time in the reader's own zone and language; `F` day and time, `f` without the weekday, `d` short date, `R` relative. */
export function timestamp(at: Iso, style: 'F' | 'f' | 'd' | 'R'): string {
  return `<t:${Math.floor(Date.parse(at) / 1_000)}:${style}>`;
}

function rest(language: Language): (left: number) => string {
  return (left) => `… ${language.count(language.texts.more, left)}`;
}

/** The answers that readers look for first, one per line in this order; all others follow in small print. */
function factLines(card: Card, language: Language): readonly string[] {
  const { labels } = language.texts;
  const first = [
    labels.parameters,
    labels.task,
    labels.weights,
    labels.licence,
    labels.licenceConflict,
    labels.commercialUse,
    labels.territory,
    labels.gated,
    labels.kind,
  ];
  const known = (label: string) => card.lines.find((line) => line.label === label);
  const said = (label: string, value: string) => `**${label}** ${inline(value, 300)}`;
  const shown = first.flatMap((label) => known(label) ?? []);
  const name = card.name.toLowerCase();
  const rest = card.lines.filter(
    (line) => !first.includes(line.label) && !(line.label === labels.newestOpen && line.value.toLowerCase() === name),
  );
  const small = rest.map(({ label, value }) => `${label}: ${inline(value, 160)}`);
  if (card.notKnown !== null) small.push(`${card.notKnown.label}: ${inline(card.notKnown.value)}`);
  return [
    ...shown.map(({ label, value }) => said(label, value)),
    ...(small.length === 0 ? [] : [`-# ${small.join(' · ')}`]),
  ];
}

const both = (at: Iso): string => `${timestamp(at, 'F')} (${timestamp(at, 'R')})`;

/** When it was published, and when an open promise is due; Discord counts down to that. */
function whenLines(story: Story, card: Card, language: Language): readonly string[] {
  const { pledge } = story;
  const stands = pledge !== null && (pledge.state === 'open' || pledge.state === 'moved') && pledge.ended !== true;
  const dated = stands && (pledge.dueTo ?? pledge.dueFrom) !== null && pledge.passed !== true;
  // `nextAt` is the end of the promise's last day.
  const due = dated ? story.nextAt : null;
  return [
    ...(due === null ? [] : [`**${language.texts.labels.due}** ${both(due)}`]),
    ...(card.published === null ? [] : [`**${card.published.label}** ${both(card.published.at)}`]),
  ];
}

function fieldsOf(card: Card, language: Language): readonly EmbedField[] {
  const { timeline } = card;
  const entries = timeline?.entries.slice(-turnsShown) ?? [];
  const told = entries.map(({ at, text }) => `${timestamp(at, 'd')} ${inline(text, 200)}`);
  const evidence = evidenceLines(card, language);
  const field = (name: string, lines: readonly string[]): readonly EmbedField[] =>
    lines.length === 0 ? [] : [{ name, value: fitLines(lines, limits.fieldValue, rest(language)) }];
  return [...(timeline === null ? [] : field(timeline.label, told)), ...field(card.evidence.label, evidence)];
}

/** All items of a list: with links if these fit, else only the names. */
function itemsText(card: Card, most: number, language: Language): string {
  if (card.items === null) return '';
  const linked = card.items.list.map(({ title, url }) => `• ${called(title, url)} ${hostLink(url) ?? ''}`.trimEnd());
  const whole = linked.join('\n');
  const names = card.items.list.map(({ title, url }) => `• ${called(title, url)}`);
  return `**${card.items.label}**\n${whole.length <= most ? whole : fitLines(names, most, rest(language))}`;
}

function notesText(text: string, card: Card, language: Language): string {
  const { fullNotes, moreLines } = language.texts;
  const place = card.tone === 'gone' ? null : namedLink(fullNotes, card.url);
  return notes(text, {
    most: notesMost,
    lines: notesLines,
    url: card.url,
    said: [card.name, card.ownName ?? ''],
    rest: (left) => [`… ${language.count(moreLines, left)}`, place].filter((part) => part !== null).join(' · '),
  });
}

function descriptionOf(story: Story, card: Card, language: Language): string {
  const lead = [`**${inline(card.what, 400)}**`, card.verdict, card.pledge].filter((line) => line !== null);
  const [what = '', ...others] = lead;
  const own = card.ownName === null ? '' : ` · ${inline(card.ownName, 200)}`;
  const said = [what + own, ...others.map((line) => inline(line, 500)), ...whenLines(story, card, language)].join('\n');
  const facts = factLines(card, language).join('\n');
  const text = card.notes === null ? '' : notesText(card.notes, card, language);
  // Our own text comes first, so that unclosed markup in the notes cannot affect it.
  return [said, facts, itemsText(card, 2_500, language), text].filter((part) => part !== '').join('\n\n');
}

/** The line shown on a lock screen: `🟢 **Grok 2** released · open weights, limited · xAI`. */
function lineOf(story: Story, card: Card, labName: CardLook['labName']): string {
  const stage = card.stage.toLowerCase();
  const lab = story.lab === null ? null : labName(story.lab);
  const more = [card.verdict, lab].filter((word) => word !== null).map((word) => inline(word, 120));
  return [`${badges[card.tone]} **${called(card.name, card.url)}** ${stage}`, ...more].join(' · ');
}

/** Always present, even when empty, so that an edit removes the buttons of an earlier revision. */
function components(...rows: readonly (readonly CardButton[])[]): Pick<DiscordMessage, 'components'> {
  return { components: rows.flatMap((row) => (row.length === 0 ? [] : [{ type: 1, components: row }])) };
}

/** The whole card: a line of plain content, an embed, link buttons, and buttons that the bot answers. */
export function card(
  story: Story,
  language: Language,
  look: CardLook,
): Pick<DiscordMessage, 'content' | 'embeds' | 'components'> {
  const { labName, avatars = 'https://github.com' } = look;
  const told = cardOf(story, language);
  const address = webAddress(told.url);
  const place = address === null ? '' : ` · ${bare(address.host, 200)}`;
  const linked = address !== null && linkable(address) && !namesOtherPlace(told.name, address) && told.tone !== 'gone';
  const avatar = avatarOf(story, avatars);
  const titled: Embed = {
    title: called(told.name, told.url),
    ...(linked ? { url: strictHref(address) } : {}),
    color: colours[told.tone],
    author: { name: `${badges[told.tone]} ${told.stage}${place}` },
    ...(avatar === null ? {} : { thumbnail: { url: avatar } }),
  };
  const content = lineOf(story, told, labName);
  if (told.merged !== null)
    return { content, embeds: [fitEmbed({ ...titled, description: inline(told.merged, 400) })], components: [] };
  const description = descriptionOf(story, told, language);
  const embed = fitEmbed({ ...titled, description, fields: fieldsOf(told, language) });
  return {
    content,
    embeds: [embed],
    ...components(buttons(story, told, language), pressButtons(story, look, language)),
  };
}
