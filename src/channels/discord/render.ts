// Turns drafts into Discord messages: the form decides the layout, and long lists are split into pages.
import { stageText, toneOf } from '../../messages/card.ts';
import { fill } from '../../messages/fill.ts';
import { dayIn, type Language } from '../../messages/format.ts';
import { messagesFor } from '../../messages/index.ts';
import { headline, turnLinks, turnsText } from '../../messages/turns.ts';
import type { Story, StoryItem } from '../../types/story.ts';
import { dayMs } from '../../types/time.ts';
import type { Draft, DraftStyle } from '../define.ts';
import { badges, card, colours, timestamp } from './card.ts';
import { fitEmbed } from './embed.ts';
import type { CardLook } from './look.ts';
import { markerOf } from './marker.ts';
import { type DiscordMessage, type DiscordPage, type Heading, pageOf } from './page.ts';
import { bare, called, hostLink, inline, lines, namedLink, nameLink, titleLink } from './text.ts';

type Parts = Pick<DiscordMessage, 'content' | 'embeds' | 'components'>;

/** Length of one page of a list in UTF-16 units: readable, and within the 4,096 of a description. */
const listPage = 3_800;

/** Lines do not repeat what the heading says: `owner/name v1` → `v1`. */
function within(heading: string, title: string): string {
  const rest = title.slice(heading.length);
  const same = title.toLowerCase().startsWith(heading.toLowerCase());
  return same && /^[ /]\S/.test(rest) ? rest.slice(1) : title;
}

function itemLine(heading: string): (item: StoryItem) => string {
  return ({ at, title, url }) =>
    `• ${titleLink(within(heading, title), url)}${at === null ? '' : ` ${timestamp(at, 'd')}`}`;
}

/** The `owner/name` part of `owner/name v1`, for a story about one version of a software. */
function thingOf({ name, sort }: Story): string | null {
  const end = name.lastIndexOf(' ');
  return sort === 'software' && end > 0 ? name.slice(0, end) : null;
}

function happened(story: Story, language: Language): string {
  return `${inline(headline(story, language), 300)} (${stageText(story, language)})`;
}

const versionsOfLine = 10;

/** One line per story; versions of the same software share a line, with its name once. */
function storyLines(stories: readonly Story[], language: Language): readonly string[] {
  const groups = Map.groupBy(stories, (story) => thingOf(story) ?? story);
  return [...groups].flatMap(([thing, told]) => {
    if (typeof thing !== 'string')
      return told.map((story) =>
        `${badges[toneOf(story)]} **${called(story.name, story.url)}**: ${happened(story, language)} ${hostLink(story.url) ?? ''}`.trimEnd(),
      );
    const lines = Array.from({ length: Math.ceil(told.length / versionsOfLine) }, (_, line) =>
      told.slice(line * versionsOfLine, (line + 1) * versionsOfLine),
    );
    return lines.map((versions) => {
      const shown = versions.map(
        (story) => `${titleLink(within(thing, story.name), story.url)} ${happened(story, language)}`,
      );
      const [first, second] = versions;
      if (first !== undefined && second === undefined)
        return `${badges[toneOf(first)]} ${nameLink(first.name, first.url)}: ${happened(first, language)}`;
      return `${first === undefined ? '' : badges[toneOf(first)]} **${inline(thing, 200)}**: ${shown.join(' · ')}`;
    });
  });
}

/** Every line is on exactly one page. */
function paged(lines: readonly string[]): readonly string[] {
  const pages: string[] = [];
  for (const line of lines) {
    const last = pages.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= listPage) pages[pages.length - 1] = `${last}\n${line}`;
    else pages.push(line);
  }
  return pages;
}

function listParts(title: string, url: string | null, lines: readonly string[], language: Language): readonly Parts[] {
  const pages = paged(lines);
  const place = url === null ? null : hostLink(url);
  return pages.map((text, index) => {
    const numbered = { title, page: language.number(index + 1), pages: language.number(pages.length) };
    const heading = pages.length === 1 ? title : fill(language.texts.page, numbered);
    const description = index === 0 && place !== null ? `${place}\n${text}` : text;
    return {
      embeds: [
        fitEmbed({
          title: inline(heading, 220),
          color: colours.plain,
          description,
        }),
      ],
    };
  });
}

/** One link for each packed format. */
const linksMost = 4;

function replyText(draft: Extract<Draft, { form: 'reply' }>, language: Language): string {
  const badge = badges[toneOf(draft.story)];
  const links = turnLinks(draft.turns).flatMap((url) => namedLink(language.texts.links.quantised, url) ?? []);
  const said = `${badge} **${called(draft.story.name, draft.story.url)}**: ${inline(turnsText(draft.story, draft.turns, language), 800)}`;
  return [said, ...links.slice(0, linksMost)].join(' ');
}

function partsOf(draft: Draft, style: DraftStyle, language: Language, look: CardLook): readonly Parts[] {
  const { texts } = language;
  switch (draft.form) {
    case 'card':
      return [card(draft.story, language, look)];
    case 'reply':
      return [{ content: replyText(draft, language) }];
    case 'group': {
      return listParts(groupTitle(draft, language), draft.url, draft.items.map(itemLine(draft.title)), language);
    }
    case 'digest': {
      const told = storyLines(draft.stories, language);
      return listParts(
        digestTitle(draft, style, language),
        null,
        told.length === 0 ? [texts.digestEmpty] : told,
        language,
      );
    }
    case 'notice':
      return [
        {
          embeds: [
            fitEmbed({
              title: inline(draft.title, 220) || texts.notice,
              color: colours.seen,
              description: lines(draft.text, 3_500),
            }),
          ],
        },
      ];
  }
}

const headingMost = 100;
const tagMost = 20;

function groupTitle(draft: Extract<Draft, { form: 'group' }>, language: Language): string {
  return language.count(language.texts.group, draft.items.length, { title: draft.title });
}

function digestTitle(draft: Extract<Draft, { form: 'digest' }>, style: DraftStyle, language: Language): string {
  const window = language.days(dayIn(draft.from, style.timezone), dayIn(draft.to, style.timezone));
  return language.count(language.texts.digest, draft.stories.length, { window });
}

/** Named like the story, tagged by stage and lab; other forms only have a title. */
function headingOf(draft: Draft, style: DraftStyle, language: Language): Heading {
  const called = (name: string, tags: readonly string[]): Heading => ({
    name: bare(name, headingMost) || 'Landfall',
    tags: [...new Set(tags.map((tag) => bare(tag, tagMost)))].filter((tag) => tag !== ''),
  });
  switch (draft.form) {
    case 'card':
    case 'reply': {
      const { name, stage, lab } = draft.story;
      return called(name, [language.texts.stages[stage], lab ?? '']);
    }
    case 'group':
      return called(groupTitle(draft, language), []);
    case 'digest':
      return called(digestTitle(draft, style, language), []);
    case 'notice':
      return called(draft.title, []);
  }
}

/** Without buttons: a sample's story does not exist. */
function unpressed({ labName, avatars }: CardLook): CardLook {
  return { labName, ...(avatars === undefined ? {} : { avatars }) };
}

/** A chart of what landed, for a weekly digest only: a single day is not worth one. */
function pictureOf(draft: Draft, style: DraftStyle, language: Language): NonNullable<DiscordPage['picture']> | null {
  if (draft.form !== 'digest' || Date.parse(draft.to) - Date.parse(draft.from) < 2 * dayMs) return null;
  const from = dayIn(draft.from, style.timezone);
  const to = dayIn(draft.to, style.timezone);
  const landed = draft.stories.flatMap(({ sort, stage, releasedAt, openness }) => {
    if (sort !== 'model' || stage !== 'released' || releasedAt === null) return [];
    const day = dayIn(releasedAt, style.timezone);
    return day < from || day > to ? [] : [{ day, verdict: openness?.verdict.value ?? 'unknown' }];
  });
  if (landed.length === 0) return null;
  return { of: { kind: 'week', from, to, landed }, about: digestTitle(draft, style, language) };
}

/** Pure. Only the first page pings. */
export function render(draft: Draft, style: DraftStyle, deliveryId: string, look: CardLook): readonly DiscordPage[] {
  const language = messagesFor(style.locale);
  const heading = headingOf(draft, style, language);
  const picture = pictureOf(draft, style, language);
  return partsOf(draft, style, language, style.sample === true ? unpressed(look) : look).map((parts, index) => {
    const marker = markerOf(`${deliveryId}#${index}`);
    const page = pageOf(parts, marker, heading, index === 0 ? style : { ...style, mention: [] });
    return index === 0 && picture !== null ? { ...page, picture } : page;
  });
}
