// Verdicts as `landfall why` explains them; the bot has a shorter text for each, in every language.
import type { VerdictCode } from '../../types/reasons/verdicts.ts';

export const verdictTexts: Readonly<Record<VerdictCode, string>> = {
  told: 'told',
  baseline: 'not told: it was there at the first look',
  'first look of this watch': 'not told: this was the first look of this watch',
  'before the window': 'not told: it was published before everything known and slid back into what the source shows',
  moved: 'not told: the site gave everything new links, and it was there before under another one',
  'no news in itself': 'no news in itself',
  'not in on': 'not told: `on` does not ask for it',
  prerelease: 'not told: it is a prerelease, and `prereleases` is off',
  'not included': 'not told: `include` does not match it',
  excluded: 'not told: `exclude` matches it',
  'no match': 'not told: none of `match.any` is in it',
  'matches none': 'not told: something of `match.none` is in it',
  'no model': 'not told: it is not read as the release, promise or rumour of a model, and `only: models` is set',
  'too old': 'not told: it was published longer before the last good look than `maxAge` allows',
  paused: 'not told: the watch was paused',
  private: 'not told: it is private, and the watch was added in Discord',
};
