// How widely a model is used, in one line: `after 7 days: 1.2M downloads, 340 derivatives`.

import type { SpreadFigures } from '../types/story.ts';
import { fill } from './fill.ts';
import type { Language } from './format.ts';

/** Shows the two most telling figures; null = there is nothing to say. */
export function spreadText(figures: SpreadFigures, language: Language): string | null {
  const { spread } = language.texts;
  const compact = new Intl.NumberFormat(language.texts.formatting, { notation: 'compact', maximumFractionDigits: 1 });
  const days = new Intl.NumberFormat(language.texts.formatting, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const said = (['downloads', 'derivatives', 'stars', 'likes'] as const).flatMap((name) => {
    const value = figures[name];
    return value === null ? [] : [fill(spread.measures[name], { n: compact.format(value) })];
  });
  if (said.length === 0) return null;
  return fill(spread.after, { days: days.format(figures.days), measures: said.slice(0, 2).join(', ') });
}
