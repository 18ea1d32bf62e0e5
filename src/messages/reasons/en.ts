// Every reason in English, the language of logs and commands.
import type { AnyReason } from '../../types/reasons/reason.ts';
import type { WishProblem } from '../../types/reasons/wishes.ts';
import type { AllTexts } from './define.ts';
import { lacks } from './lacks-en.ts';
import { looks } from './looks-en.ts';
import { sending } from './sending-en.ts';
import { standing } from './standing-en.ts';
import { verdicts } from './verdicts-en.ts';
import { wishes } from './wishes-en.ts';
import { wordsOf } from './words.ts';

export const reasons: AllTexts = {
  ...looks,
  ...sending,
  ...wishes,
  ...verdicts,
  ...lacks,
  ...standing,

  'preview.private': 'it is private',
  'preview.too-much': 'so much is there that the filters would take too long',
  'preview.share-spent':
    'as many looks as may go beside the configuration file were made there in this hour; try again later',
};

export const inEnglish = (reason: AnyReason): string => wordsOf(reason, reasons);

/** The problem and what would help, on one line. */
export function problemInEnglish({ problem, help }: WishProblem): string {
  return help === null ? inEnglish(problem) : `${inEnglish(problem)}; ${inEnglish(help)}`;
}
