// A watch's verdict on a change, in English.
import type { VerdictTexts } from './define.ts';

export const verdicts: VerdictTexts = {
  'verdict.told': 'told',
  'verdict.baseline': 'it was there at the first look',
  'verdict.first-look': 'this was the first look of this watch',
  'verdict.before-window': 'it was published before everything known and slid back into what the source shows',
  'verdict.moved': 'the site gave everything new links, and it was there before under another one',
  'verdict.replaced':
    'its name belonged to another repository before (id {before}, now {after}), and this was there at the first look at the new one',
  'verdict.no-news': 'it says nothing new by itself',
  'verdict.not-in-on': '`on` does not ask for `{kind}` ({on})',
  'verdict.prerelease': 'it is a prerelease, and `prereleases` is off',
  'verdict.not-included': '`include` does not match it ({pattern})',
  'verdict.excluded': '`exclude` matches it ({pattern})',
  'verdict.no-match': 'none of `match.any` is in it ({texts})',
  'verdict.matches-none': 'something of `match.none` is in it ({text})',
  'verdict.no-model': 'it is not read as the release, promise or rumour of a model, and `only: models` is set',
  'verdict.out-already': 'the model is out already',
  'verdict.quantised-already': 'there is a {format} of this model already',
  'verdict.too-old': 'it was older than {most} when it was found',
  'verdict.where-commercial': 'commercial use is "{value}", and `where.commercial` wants {wanted}',
  'verdict.where-size': 'the smallest copy has {size}, and `where.maxSize` allows {most}',
  'verdict.where-task': 'it is for {value}, and `where.tasks` wants {wanted}',
  'verdict.where-verdict': 'the verdict is "{value}", and `where.verdict` wants {wanted}',
  'verdict.paused': 'the watch was paused',
  'verdict.private': 'it is private, and the watch was added in Discord',
  'verdict.not-told': 'not told: {cause}',
  'verdict.no-own-message': 'no message of its own: {cause}',
};
