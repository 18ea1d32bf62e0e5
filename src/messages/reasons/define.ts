// Words for every code: one that a language has no words for does not compile.
import type { PreviewCodes } from '../../types/reasons/guilds.ts';
import type { LookCodes } from '../../types/reasons/looks.ts';
import type { SendCodes } from '../../types/reasons/sending.ts';
import type { WishCodes } from '../../types/reasons/wishes.ts';

/** Names in braces are parameters of the code; words may leave one out. */
type TextsOf<Codes> = Readonly<Record<keyof Codes, string>>;

export type LookTexts = TextsOf<LookCodes>;
export type SendTexts = TextsOf<SendCodes>;
export type WishTexts = TextsOf<WishCodes>;
export type AllTexts = LookTexts & SendTexts & WishTexts & TextsOf<PreviewCodes>;
