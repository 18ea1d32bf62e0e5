// Any HTTP endpoint as a channel: JSON by the Standard Webhooks convention. A doubtful attempt is repeated with the same id.
import { z } from 'zod';
import { isPrivateRefusal } from '../../infra/http/guard.ts';
import { messagesFor } from '../../messages/index.ts';
import type { Outcome } from '../../types/delivery.ts';
import { told } from '../alert.ts';
import type { Channel, ChannelKind, ChannelWorld, OutgoingPage } from '../define.ts';
import { type Payload, payloadShape } from './payload.ts';
import { headersOf, keyOf, messageId } from './sign.ts';

const options = z.strictObject({
  url: z.string().meta({ description: 'Where alerts are posted; empty switches the channel off.' }),
  secret: z.string().optional().meta({ description: 'The key they are signed with: `whsec_` and base64.' }),
});

/** The convention expects receivers to answer within 15 seconds. */
const answerMs = 15_000;
const longestRestMs = 6 * 3_600_000;

/** `Retry-After` (seconds or a date) in milliseconds; null when it is missing or nonsense. */
function restOf(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, longestRestMs) : null;
}

function outcomeOf(response: Response, nowMs: number): Outcome {
  const { status } = response;
  const params = { status };
  if (status >= 200 && status < 300) return { kind: 'sent', messageId: null };
  if (status === 410) return { kind: 'dead', reason: { code: 'webhook.gone', params }, gone: true };
  const afterMs = restOf(response.headers.get('retry-after'), nowMs);
  if (status === 429 || status === 408)
    return { kind: 'later', reason: { code: 'webhook.limited', params }, afterMs, doubtful: false };
  if (status >= 500) return { kind: 'later', reason: { code: 'webhook.failed', params }, afterMs, doubtful: true };
  // A wrong address, a wrong key or a redirect: somebody has to fix it, and until then deliveries are held.
  return { kind: 'later', reason: { code: 'webhook.refused', params }, afterMs: null, doubtful: false, hold: true };
}

interface Place {
  readonly url: string;
  readonly key: Buffer | null;
}

interface Posted {
  readonly outgoing: OutgoingPage;
  readonly payload: Payload;
}

async function post(place: Place, { outgoing, payload }: Posted, world: ChannelWorld, signal: AbortSignal) {
  const body = JSON.stringify(payload);
  const stop = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  const headers = headersOf(messageId(outgoing.id), world.now(), body, place.key);
  try {
    const response = await world.publicFetch(place.url, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body,
      signal: stop,
    });
    // Discarded unread, because a connection with an unread body is not reused.
    await response.body?.cancel();
    return outcomeOf(response, world.now());
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (isPrivateRefusal(cause))
      return {
        kind: 'later',
        reason: { code: 'webhook.private', params: {} },
        afterMs: null,
        doubtful: false,
        hold: true,
      } as const;
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
    const reason = stop.aborted
      ? ({ code: 'webhook.slow', params: {} } as const)
      : ({ code: 'webhook.unreachable', params: { detail } } as const);
    return { kind: 'later', reason, afterMs: null, doubtful: true } as const;
  }
}

export const webhook: ChannelKind = {
  kind: 'webhook',
  options,
  usable: (given) => {
    const { url, secret = '' } = options.parse(given);
    if (url === '') return null;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      return 'the `url` of a webhook is an address such as https://example.org/hook';
    return secret === '' || keyOf(secret) !== null
      ? true
      : 'the `secret` of a webhook is `whsec_` and at least 16 bytes as base64 (`openssl rand -base64 24`)';
  },
  open: (given, world): Channel => {
    const { url, secret = '' } = options.parse(given);
    const place: Place = { url, key: secret === '' ? null : keyOf(secret) };
    return {
      kind: 'webhook',
      // A receiver gets separate messages, not a card that changes: each turn is one message.
      edits: false,
      pages: (draft, style) => {
        const { alert } = told(draft, style, messagesFor(style.locale));
        return [{ type: `alert.${draft.form}`, data: alert }];
      },
      send: async (outgoing, signal) => {
        const timestamp = new Date(world.now()).toISOString();
        const page = typeof outgoing.page === 'object' && outgoing.page !== null ? outgoing.page : {};
        const payload = payloadShape.safeParse({ ...page, timestamp });
        if (!payload.success) return { kind: 'dead', reason: { code: 'message.not-webhook', params: {} }, gone: false };
        return post(place, { outgoing, payload: payload.data }, world, signal);
      },
    };
  },
};
