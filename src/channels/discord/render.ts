// Drafts as Discord messages: which form becomes what, and how long lists are put into pages.
import { stageText, toneOf } from '../../messages/card.ts';
import { dayIn, fill, type Language } from '../../messages/format.ts';
import { messagesFor } from '../../messages/index.ts';
import { headline, turnsText } from '../../messages/turns.ts';
import type { Story, StoryItem } from '../../types.ts';
import type { Draft, DraftStyle } from '../define.ts';
import { badges, card, colours, timestamp } from './card.ts';
import { fitEmbed } from './embed.ts';
import { markerOf } from './marker.ts';
import { type Message, type Page, pageOf } from './page.ts';
import { called, hostLink, inline, notes } from './text.ts';

type Parts = Pick<Message, 'content' | 'embeds' | 'components'>;

/** One page of a list in UTF-16 units: few enough to read, and within the 4,096 of a description. */
const listPage = 3_800;

function itemLine(item: StoryItem): string {
  const when = item.at === null ? '' : ` ${timestamp(item.at, 'd')}`;
  return `• **${called(item.title, item.url)}** ${hostLink(item.url) ?? ''}`.trimEnd() + when;
}

function storyLine(story: Story, language: Language): string {
  const what = `${badges[toneOf(story)]} **${called(story.name, story.url)}**: ${inline(headline(story, language), 300)}`;
  return `${what} (${stageText(story, language)}) ${hostLink(story.url) ?? ''}`.trimEnd();
}

/** Every line stands on exactly one page. */
function paged(lines: readonly string[]): readonly string[] {
  const pages: string[] = [];
  for (const line of lines) {
    const last = pages.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= listPage) pages[pages.length - 1] = `${last}\n${line}`;
    else pages.push(line);
  }
  return pages;
}

function listParts(
  title: string,
  url: string | null,
  lines: readonly string[],
  language: Language,
): readonly ((marker: string) => Parts)[] {
  const pages = paged(lines);
  const place = url === null ? null : hostLink(url);
  return pages.map((text, index) => (marker) => {
    const numbered = { title, page: language.number(index + 1), pages: language.number(pages.length) };
    const heading = pages.length === 1 ? title : fill(language.texts.page, numbered);
    const description = index === 0 && place !== null ? `${place}\n${text}` : text;
    return {
      embeds: [
        fitEmbed({
          title: inline(heading, 220),
          color: colours.plain,
          description,
          footer: { text: `Landfall ${marker}` },
        }),
      ],
    };
  });
}

function replyText(draft: Extract<Draft, { form: 'reply' }>, marker: string, language: Language): string {
  const badge = badges[toneOf(draft.story)];
  return `${badge} **${called(draft.story.name, draft.story.url)}**: ${inline(turnsText(draft.story, draft.turns, language), 800)}\n-# ${marker}`;
}

function partsOf(
  draft: Draft,
  style: DraftStyle,
  language: Language,
  linkButtons: boolean,
): readonly ((marker: string) => Parts)[] {
  const { texts } = language;
  switch (draft.form) {
    case 'card':
      return [(marker) => card(draft.story, language, marker, linkButtons)];
    case 'reply':
      return [(marker) => ({ content: replyText(draft, marker, language) })];
    case 'group': {
      const title = language.count(texts.group, draft.items.length, { title: draft.title });
      return listParts(title, draft.url, draft.items.map(itemLine), language);
    }
    case 'digest': {
      const window = language.days(dayIn(draft.from, style.timezone), dayIn(draft.to, style.timezone));
      const title = language.count(texts.digest, draft.stories.length, { window });
      const lines = draft.stories.map((story) => storyLine(story, language));
      return listParts(title, null, lines.length === 0 ? [texts.digestEmpty] : lines, language);
    }
    case 'notice':
      return [
        (marker) => ({
          embeds: [
            fitEmbed({
              title: inline(draft.title, 220) || texts.notice,
              color: colours.seen,
              description: notes(draft.text, 3_500, 80),
              footer: { text: `Landfall ${marker}` },
            }),
          ],
        }),
      ];
  }
}

/** Pure. Only the first page pings. */
export function render(draft: Draft, style: DraftStyle, deliveryId: string, linkButtons: boolean): readonly Page[] {
  return partsOf(draft, style, messagesFor(style.locale), linkButtons).map((parts, index) => {
    const marker = markerOf(`${deliveryId}#${index}`);
    return pageOf(parts(marker), marker, index === 0 ? style : { ...style, mention: [] });
  });
}
