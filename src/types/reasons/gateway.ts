// Why the bot is not at Discord's gateway.
import type { None, ReasonOf } from './reason.ts';

export interface GatewayCodes {
  'gateway.logins-spent': None;
  'gateway.invalidated': None;
  /** `code`: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
  'gateway.closed': { readonly code: number };
  'gateway.not-ready': None;
  'gateway.failed': { readonly detail: string };
}

export type GatewayReason = ReasonOf<GatewayCodes>;
