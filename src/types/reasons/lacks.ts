// What a channel lacks for the way it is used.
import type { AnyReason, None, ReasonOf } from './reason.ts';

/** Discord's permissions that the bot needs, or that it asks people to have. */
export interface PermissionCodes {
  'permission.manage-server': None;
  'permission.manage-channels': None;
  'permission.view-channel': None;
  'permission.send-messages': None;
  'permission.send-in-threads': None;
  'permission.create-threads': None;
  'permission.embed-links': None;
  'permission.read-history': None;
  'permission.mention-everyone': None;
}

export type Permission = ReasonOf<PermissionCodes>;

/** What the failed question was about. */
interface SubjectCodes {
  'subject.channel': None;
  'subject.parent': None;
  'subject.bot': None;
  'subject.membership': None;
  'subject.server': None;
  'subject.webhook': None;
}

export type CheckedPart = ReasonOf<SubjectCodes>;

export interface LackCodes extends PermissionCodes, SubjectCodes {
  'lack.token': None;
  'lack.gone': { readonly what: CheckedPart };
  'lack.gone-or-outside': { readonly what: CheckedPart };
  'lack.refused': { readonly what: CheckedPart; readonly cause: AnyReason };
  /** A rate limit: it will be asked again. */
  'lack.being-checked': { readonly what: CheckedPart; readonly cause: AnyReason };
  'lack.unchecked': { readonly what: CheckedPart; readonly cause: AnyReason };
  'lack.role': { readonly role: string };
  /** The channel could not be asked at all. */
  'lack.unasked': { readonly detail: string };
}

export type Lack = ReasonOf<LackCodes>;
