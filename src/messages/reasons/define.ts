// The texts for reason codes: a language that lacks one does not compile.
import type { GatewayCodes } from '../../types/reasons/gateway.ts';
import type { PreviewCodes } from '../../types/reasons/guilds.ts';
import type { HealthCodes } from '../../types/reasons/health.ts';
import type { LackCodes } from '../../types/reasons/lacks.ts';
import type { LookCodes } from '../../types/reasons/looks.ts';
import type { PaceCodes } from '../../types/reasons/pace.ts';
import type { SendCodes } from '../../types/reasons/sending.ts';
import type { VerdictCodes } from '../../types/reasons/verdicts.ts';
import type { WishCodes } from '../../types/reasons/wishes.ts';

/** Names in braces are parameters of the code; a text may leave some out. */
type TextsOf<Codes> = Readonly<Record<keyof Codes, string>>;

export type LookTexts = TextsOf<LookCodes>;
export type SendTexts = TextsOf<SendCodes>;
export type WishTexts = TextsOf<WishCodes>;
export type VerdictTexts = TextsOf<VerdictCodes>;
export type LackTexts = TextsOf<LackCodes>;
/** How the worker is doing: whether it is alive, whether the bot is at the gateway, and how often it looks. */
export type StandingTexts = TextsOf<HealthCodes & GatewayCodes & PaceCodes>;
export type AllTexts = VerdictTexts &
  LookTexts &
  SendTexts &
  WishTexts &
  LackTexts &
  StandingTexts &
  TextsOf<PreviewCodes>;
