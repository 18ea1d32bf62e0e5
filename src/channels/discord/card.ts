// The card of a story: an embed for phones (what, how open, when, links), and link buttons where they can be had.
import { type Card, cardOf, type Tone } from '../../messages/card.ts';
import type { Language } from '../../messages/format.ts';
import { webAddress } from '../../messages/outside.ts';
import type { Iso } from '../../types/core.ts';
import type { Story } from '../../types/story.ts';
import { type Embed, type EmbedField, fitEmbed, fitLines, limits } from './embed.ts';
import type { DiscordMessage, LinkButton } from './page.ts';
import { bare, called, hostLink, inline, namesOtherPlace, notes } from './text.ts';

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
const buttonsMost = 5;

/** A moment in the reader's own zone and language; `f` date and time, `d` short date. */
export function timestamp(at: Iso, style: 'f' | 'd' | 'R'): string {
  return `<t:${Math.floor(Date.parse(at) / 1_000)}:${style}>`;
}

function rest(language: Language): (left: number) => string {
  return (left) => `… ${language.count(language.texts.more, left)}`;
}

function evidenceField(card: Card, language: Language): readonly EmbedField[] {
  const seen = new Set<string>();
  const { labels } = language.texts;
  const lines = card.evidence.list.toReversed().flatMap(({ url, title, revision, kind }) => {
    const link = hostLink(url);
    if (link === null || seen.has(link)) return [];
    seen.add(link);
    const at = revision === undefined ? '' : ` @ ${inline(revision, 10).replace(/…$/, '')}`;
    // Three links to one repository are told apart by what each shows.
    const part = kind === 'licence' ? ` · ${labels.licence}` : kind === 'weights' ? ` · ${labels.weights}` : '';
    return [`${link}${at} ${inline(title, 120)}${part}`.trim()];
  });
  return lines.length === 0
    ? []
    : [{ name: card.evidence.label, value: fitLines(lines, limits.fieldValue, rest(language)) }];
}

function fieldsOf(card: Card, language: Language): readonly EmbedField[] {
  const { timeline, published, notKnown } = card;
  const entries = timeline?.entries.map(({ at, text }) => `${timestamp(at, 'd')} ${inline(text, 200)}`) ?? [];
  return [
    ...card.lines.map(({ label, value, wide }) => ({ name: label, value: inline(value, 400), inline: !wide })),
    ...(notKnown === null ? [] : [{ name: notKnown.label, value: inline(notKnown.value) }]),
    ...(published === null ? [] : [{ name: published.label, value: timestamp(published.at, 'f') }]),
    ...(timeline === null
      ? []
      : [{ name: timeline.label, value: fitLines(entries, limits.fieldValue, rest(language)) }]),
    ...evidenceField(card, language),
  ];
}

/** All that a story lists: with links when that fits, else by name alone. */
function itemsText(card: Card, most: number, language: Language): string {
  if (card.items === null) return '';
  const linked = card.items.list.map(({ title, url }) => `• ${called(title, url)} ${hostLink(url) ?? ''}`.trimEnd());
  const whole = linked.join('\n');
  const names = card.items.list.map(({ title, url }) => `• ${called(title, url)}`);
  return `**${card.items.label}**\n${whole.length <= most ? whole : fitLines(names, most, rest(language))}`;
}

function descriptionOf(card: Card, language: Language): string {
  const lead = [`**${inline(card.what, 400)}**`, card.verdict, card.pledge].filter((line) => line !== null);
  const [what = '', ...others] = lead;
  const facts = [what, ...others.map((line) => inline(line, 500))].join('\n');
  const text = card.notes === null ? '' : notes(card.notes, notesMost, notesLines);
  // Ours first: whatever outside markup stays open in the notes can then only reach the notes' own end.
  return [facts, itemsText(card, 2_500, language), text].filter((part) => part !== '').join('\n\n');
}

/** Discord refuses a whole message over an address whose host has no dot ("not a well formed URL"). */
function linkable(address: URL): boolean {
  return address.hostname.includes('.');
}

function buttons(card: Card): readonly LinkButton[] {
  const made = new Map<string, LinkButton>();
  for (const url of [card.url, ...card.evidence.list.map((evidence) => evidence.url)]) {
    const address = webAddress(url);
    if (
      address === null ||
      !linkable(address) ||
      address.href.length > 512 ||
      address.host.length > 80 ||
      made.has(address.host)
    )
      continue;
    made.set(address.host, { type: 2, style: 5, label: address.host, url: address.href });
  }
  return [...made.values()].slice(0, buttonsMost);
}

/** Said even when there are none, so that an edit takes away what an earlier revision had. */
function components(kept: boolean, links: readonly LinkButton[]): Pick<DiscordMessage, 'components'> {
  if (!kept) return {};
  return { components: links.length === 0 ? [] : [{ type: 1, components: links }] };
}

/** The card as embed and components; `linkButtons` only where Discord keeps them (a bot's messages). */
export function card(
  story: Story,
  language: Language,
  marker: string,
  linkButtons: boolean,
): Pick<DiscordMessage, 'embeds' | 'components'> {
  const told = cardOf(story, language);
  const address = webAddress(told.url);
  const place = address === null ? '' : ` · ${bare(address.host, 200)}`;
  const titled: Embed = {
    title: called(told.name, told.url),
    ...(address === null || !linkable(address) || namesOtherPlace(told.name, address) ? {} : { url: address.href }),
    color: colours[told.tone],
    author: { name: `${badges[told.tone]} ${told.stage}${place}` },
    footer: { text: `Landfall ${marker}` },
  };
  if (told.merged !== null)
    return { embeds: [fitEmbed({ ...titled, description: inline(told.merged, 400) })], ...components(linkButtons, []) };
  const embed = fitEmbed({ ...titled, description: descriptionOf(told, language), fields: fieldsOf(told, language) });
  const links = buttons(told);
  return { embeds: [embed], ...components(linkButtons, links) };
}
