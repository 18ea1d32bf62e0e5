// Why people in Discord get no preview, in addition to the reasons why a look yields nothing.
import type { LookReason } from './looks.ts';
import type { None, ReasonOf } from './reason.ts';

export interface PreviewCodes {
  'preview.private': None;
  /** There is so much that the filters would take too long. */
  'preview.too-much': None;
  /** The share of looks that guilds may use beside the configuration file is spent for this hour. */
  'preview.share-spent': None;
}

export type PreviewReason = LookReason | ReasonOf<PreviewCodes>;
