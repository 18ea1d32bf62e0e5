// A story as a feed entry, independent of the format.
import { cardOf } from '../../messages/card.ts';
import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/format.ts';
import { webAddress } from '../../messages/outside.ts';
import { modelPath } from '../../reports/answers.ts';
import { landedAt } from '../../store/brief.ts';
import type { Iso } from '../../types/core.ts';
import type { Story } from '../../types/story.ts';
import { clipped } from '../board/parts.ts';

export interface FeedEntry {
  /** The same for all turns of the story, whatever the board's address. */
  readonly id: string;
  readonly title: string;
  /** The story's page on the board. */
  readonly url: string;
  /** The artefact or article that the story is about; null = it has no web address. */
  readonly about: string | null;
  readonly published: Iso;
  readonly updated: Iso;
  readonly text: string;
  readonly lab: string | null;
  readonly stage: Story['stage'];
}

const linesAtMost = 30;

/** Removes what XML 1.0 does not allow, and breaks up `]]>`, which would end a CDATA section. */
function xmlSafe(text: string): string {
  return text.replaceAll(/[\ufffe\uffff]/g, '').replaceAll(']]>', ']] >');
}

export function entryOf(story: Story, origin: string, language: Language): FeedEntry {
  const card = cardOf(story, language);
  const lines = [
    `${card.stage}: ${card.what}`,
    ...(card.verdict === null ? [] : [card.verdict]),
    ...(card.pledge === null ? [] : [card.pledge]),
    ...card.lines
      .slice(0, linesAtMost)
      .map(({ label, value }) => fill(language.texts.detailed, { what: label, detail: value })),
    ...(card.notKnown === null
      ? []
      : [fill(language.texts.detailed, { what: card.notKnown.label, detail: card.notKnown.value })]),
  ];
  return {
    id: `urn:landfall:story:${story.id}`,
    title: xmlSafe(clipped(`${story.name}: ${card.what}`, 200)),
    url: `${origin}${modelPath(story.key)}`,
    about: webAddress(story.url)?.href ?? null,
    published: landedAt(story),
    updated: story.updatedAt,
    text: xmlSafe(lines.map((line) => clipped(line, 400)).join('\n')),
    lab: story.lab,
    stage: story.stage,
  };
}
