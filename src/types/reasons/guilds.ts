// Why people in Discord are shown no preview, beyond why a look yields nothing.
import type { LookReason } from './looks.ts';
import type { None, ReasonOf } from './reason.ts';

export interface PreviewCodes {
  'preview.private': None;
  /** So much is there that the filters would take too long. */
  'preview.too-much': None;
  /** The looks that may go beside the configuration file are used up for this hour. */
  'preview.share-spent': None;
}

export type PreviewReason = LookReason | ReasonOf<PreviewCodes>;
