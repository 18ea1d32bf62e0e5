// What Discord's answers mean for a delivery.
import type { Outcome } from '../../types/delivery.ts';
import type { SendReason } from '../../types/reasons/sending.ts';
import type { RestAnswer } from './connection.ts';

export type RestRefusal = Extract<RestAnswer, { kind: 'refused' }>;

const codes = {
  unknownChannel: 10_003,
  unknownGuild: 10_004,
  unknownMessage: 10_008,
  unknownWebhook: 10_015,
  slowMode: 20_016,
  sharedLimit: 40_062,
  unopenedPost: 40_058,
  notOurs: 50_005,
  announcementEdits: 20_022,
  channelWrites: 20_028,
  guildWrites: 20_029,
  oldEdits: 30_046,
  unknownUser: 10_013,
  closedDirect: 50_007,
  noMutualServer: 50_278,
  noRecipient: 50_033,
  openingTooFast: 40_003,
  tagRequired: 40_067,
  missingAccess: 50_001,
  missingPermissions: 50_013,
  wrongChannelType: 50_024,
  notText: 50_008,
  invalidWebhookToken: 50_027,
  archivedThread: 50_083,
  overloaded: 130_000,
  replyBlind: 160_002,
  replyUnseen: 160_009,
  threadExists: 160_004,
  threadLocked: 160_005,
  activeThreads: 160_006,
  activeAnnouncementThreads: 160_007,
  forumWithoutThread: 220_001,
  threadOutsideForum: 220_003,
} as const;

/** Somebody has to fix the channel, the permissions or the token first; until then the delivery is held and retried. */
const toMend: ReadonlySet<number> = new Set([
  codes.missingAccess,
  codes.missingPermissions,
  codes.wrongChannelType,
  codes.notText,
  codes.unopenedPost,
  codes.archivedThread,
  codes.threadLocked,
  codes.tagRequired,
  codes.activeThreads,
  codes.activeAnnouncementThreads,
  codes.forumWithoutThread,
  codes.threadOutsideForum,
]);
const gone: ReadonlySet<number> = new Set([
  codes.unknownChannel,
  codes.unknownGuild,
  codes.unknownWebhook,
  codes.invalidWebhookToken,
  // A person who has left, or does not accept direct messages.
  codes.unknownUser,
  codes.closedDirect,
  codes.noMutualServer,
  codes.noRecipient,
]);

/** How long to wait after limits on edits and writes that come without a `Retry-After`, in milliseconds. */
const rests: ReadonlyMap<number, number> = new Map([
  [codes.slowMode, 30_000],
  [codes.announcementEdits, 600_000],
  [codes.channelWrites, 60_000],
  [codes.guildWrites, 60_000],
  [codes.oldEdits, 600_000],
  [codes.overloaded, 10_000],
  [codes.sharedLimit, 60_000],
  [codes.openingTooFast, 600_000],
]);

const blockedMs = 600_000;

/** The message or thread no longer exists or cannot be written to: deleted, archived or locked. */
export function closed(answer: RestAnswer): boolean {
  if (answer.kind !== 'refused' || answer.code === null) return false;
  const ends: readonly number[] = [
    codes.unknownChannel,
    codes.unknownMessage,
    codes.archivedThread,
    codes.threadLocked,
  ];
  return ends.includes(answer.code);
}

export function archived(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.archivedThread;
}

export function unknownChannel(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.unknownChannel;
}

/** The server has reached its limit of active threads and posts. */
export function threadsFull(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.activeThreads;
}

export function threadExists(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.threadExists;
}

/** The webhook's channel is a forum, where every message belongs to a post. */
export function needsThread(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.forumWithoutThread;
}

/** Tells the outbox not to edit a card that is gone, and to send a turn that would reply to it as a new card. */
export const deleted: Outcome = { kind: 'dead', reason: { code: 'message.deleted', params: {} }, gone: false };

export function unknownMessage(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.unknownMessage;
}

/** The message may be posted, but not as a reply to that message. */
export function cannotRefer(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && (answer.code === codes.replyBlind || answer.code === codes.replyUnseen);
}

/** The message has another author: the token now belongs to another bot. */
export function notOurs(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && answer.code === codes.notOurs;
}

/** The history cannot be read: missing access or permission. */
export function blind(answer: RestAnswer): boolean {
  return answer.kind === 'refused' && (answer.code === codes.missingAccess || answer.code === codes.missingPermissions);
}

function later(reason: SendReason, afterMs: number | null): Outcome {
  return { kind: 'later', reason, afterMs, doubtful: false };
}

function hold(reason: SendReason): Outcome {
  return { kind: 'later', reason, afterMs: null, doubtful: false, hold: true };
}

function refused(answer: RestRefusal): Outcome {
  const { status, code, afterMs, reason } = answer;
  if (code !== null) {
    if (gone.has(code)) return { kind: 'dead', reason, gone: true };
    if (code === codes.unknownMessage) return deleted;
    if (toMend.has(code)) return hold(reason);
    const restMs = rests.get(code);
    if (restMs !== undefined) return later(reason, afterMs ?? restMs);
  }
  switch (status) {
    case 400:
    case 413:
    case 422:
      // Without Discord's error code it was not Discord that answered, but a proxy or Cloudflare.
      return code === null ? later(reason, afterMs) : { kind: 'dead', reason, gone: false };
    // Without Discord's error code this is a temporary block by Cloudflare.
    case 403:
      return code === null ? later(reason, blockedMs) : hold(reason);
    case 408:
    case 409:
      return later(reason, null);
    default:
      return hold(reason);
  }
}

/** The outcome of an answer that is not a success. */
export function outcomeOf(answer: Exclude<RestAnswer, { kind: 'answer' }>): Outcome {
  switch (answer.kind) {
    case 'limited':
      return later(answer.reason, answer.afterMs);
    case 'refused':
      return refused(answer);
    case 'failed':
      return { kind: 'later', reason: answer.reason, afterMs: null, doubtful: true };
    case 'lost':
      return { kind: 'later', reason: answer.reason, afterMs: null, doubtful: answer.reached };
  }
}
