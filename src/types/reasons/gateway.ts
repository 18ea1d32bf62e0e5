// The state of the bot's connection to Discord's gateway, and why it is not connected.
import type { None, ReasonOf } from './reason.ts';

export interface GatewayCodes {
  /** How many of the shards are connected. */
  'gateway.shards': { readonly connected: number; readonly shards: number };
  /** The shard waits for its turn to log in, or for Discord to let it in. */
  'gateway.connecting': None;
  'gateway.reconnecting': None;
  /** No worker holds the shard's lease. */
  'gateway.unattended': None;
  'gateway.logins-spent': None;
  'gateway.invalidated': None;
  /** `code`: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
  'gateway.closed': { readonly code: number };
  'gateway.not-ready': None;
  'gateway.failed': { readonly detail: string };
}

export type GatewayReason = ReasonOf<GatewayCodes>;
