// /calendar.ics: the days for which releases are promised.

import ical, { ICalEventStatus } from 'ical-generator';
import { boardTexts } from '../../messages/board-texts.ts';
import { fill } from '../../messages/fill.ts';
import type { Language } from '../../messages/format.ts';
import { webAddress } from '../../messages/outside.ts';
import { modelPath } from '../../reports/answers.ts';
import type { PromisedStory } from '../../reports/promises.ts';
import { dayMs } from '../../types/time.ts';
import { clipped } from '../board/parts.ts';

/** `YYYY-MM-DD` as an all-day date, which does not depend on a time zone. */
function dayOf(written: string): Date | null {
  const at = new Date(`${written}T00:00:00.000Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Only promises with a date; a window becomes one event over all its days. */
export function promisesCalendar(promises: readonly PromisedStory[], origin: string, language: Language): string {
  const words = boardTexts(language.locale);
  const calendar = ical({
    name: `Landfall · ${words.pages.promises.title}`,
    prodId: { company: 'landfall', product: 'landfall', language: language.locale.toUpperCase() },
  });
  for (const { story, pledge } of promises) {
    const last = pledge.dueTo ?? pledge.dueFrom;
    const from = last === null ? null : dayOf(pledge.dueFrom ?? last);
    const to = last === null ? null : dayOf(last);
    if (from === null || to === null || to < from) continue;
    const changed = new Date(story.updatedAt);
    const state = words.promises.states[pledge.state];
    const said = pledge.quoteUrl === null ? null : (webAddress(pledge.quoteUrl)?.href ?? null);
    calendar.createEvent({
      id: `${story.id}@landfall`,
      start: from,
      end: new Date(to.getTime() + dayMs),
      allDay: true,
      timezone: 'UTC',
      summary: fill(language.texts.detailed, { what: clipped(story.name, 120), detail: state }),
      description: [clipped(pledge.by, 120), ...(said === null ? [] : [said])].join('\n'),
      url: `${origin}${modelPath(story.key)}`,
      status: pledge.confirmed ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
      stamp: changed,
      lastModified: changed,
      sequence: story.revision,
    });
  }
  return calendar.toString();
}
