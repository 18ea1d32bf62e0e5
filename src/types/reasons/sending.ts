// Why a message waits, was given up or has nothing more to say, and why a channel is held or gone.
import type { AnyReason, None, ReasonOf } from './reason.ts';

type Refused = { readonly status: number; readonly code: number; readonly said: string };

export interface SendCodes {
  /** Refused with one of Discord's error codes; those that people can fix have reasons of their own. */
  'discord.refused': Refused;
  'discord.no-permission': Refused;
  'discord.no-access': Refused;
  'discord.no-channel': Refused;
  /** A category, a directory or a forum itself, which take no messages. */
  'discord.no-text': Refused;
  'discord.locked': Refused;
  'discord.threads-full': Refused;
  'discord.automod': Refused;
  /** The answer names a message in another channel. */
  'discord.elsewhere': None;
  /** `roles`: ids of roles that the message mentions but that were not pinged. */
  'discord.unpinged': { readonly roles: string };
  /** Refused without a code. */
  'discord.answered': { readonly status: number; readonly said: string };
  'discord.failed': { readonly status: number };
  /** `scope`: `global`, `user` or `shared`. */
  'discord.limited': { readonly scope: string };
  'discord.slow': None;
  'discord.unreachable': { readonly detail: string };
  'discord.stopped': None;
  'discord.stopped-sending': None;
  'discord.unclear': None;
  'discord.self-unsaid': None;
  'discord.message-unsaid': None;
  'discord.channel-unsaid': None;
  'discord.messages-unlisted': None;
  'discord.posts-unlisted': None;
  /** An earlier attempt may still arrive. */
  'discord.in-doubt': None;
  /** The message was sent, but the action that goes with it failed. */
  'discord.unpublished': { readonly cause: AnyReason };
  'discord.untagged': { readonly cause: AnyReason };

  /** Refused by the receiver of the webhook: the address or the key has to be corrected. */
  'webhook.refused': { readonly status: number };
  'webhook.failed': { readonly status: number };
  'webhook.limited': { readonly status: number };
  'webhook.gone': { readonly status: number };
  'webhook.slow': None;
  'webhook.private': None;
  'webhook.unreachable': { readonly detail: string };

  'message.deleted': None;
  'message.not-discord': None;
  'message.not-terminal': None;
  'message.not-webhook': None;
  'message.nothing': None;
  'message.nothing-more': None;
  /** It replies to a card whose edit must come first. */
  'message.after-edit': None;
  /** `delivery`: the digest that told it. */
  'message.told-in': { readonly delivery: string };
  /** Which message was refused, and why. */
  'message.refused': { readonly delivery: string; readonly cause: AnyReason };
  'channel.gone': None;
}

export type SendReason = ReasonOf<SendCodes>;
