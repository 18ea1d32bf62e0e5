// One page on its way by webhook: no nonce and nothing to look in, so what is in doubt is sent again.
import type { Outcome } from '../../types.ts';
import type { Parcel } from '../define.ts';
import type { Address } from './address.ts';
import type { Connection } from './connection.ts';
import { outcomeOf } from './outcome.ts';
import type { Page } from './page.ts';
import { doubting, editBody, sentOf } from './send.ts';

type Webhook = Extract<Address, { by: 'webhook' }>;

export async function sendByWebhook(
  connection: Connection,
  { id, token, thread }: Webhook,
  parcel: Parcel,
  page: Page,
  signal: AbortSignal,
): Promise<Outcome> {
  const path = `/webhooks/${id}/${token}` as const;
  if (parcel.to !== null && 'edit' in parcel.to) {
    const place = thread === null ? '' : `?thread_id=${thread}`;
    const edit = {
      method: 'PATCH',
      path: `${path}/messages/${parcel.to.edit}${place}`,
      body: editBody(page),
      auth: false,
    } as const;
    const answer = await connection.call(edit, signal);
    return answer.kind === 'answer' ? { kind: 'sent', messageId: parcel.to.edit } : outcomeOf(answer);
  }
  const place = thread === null ? '' : `&thread_id=${thread}`;
  const create = { method: 'POST', path: `${path}?wait=true${place}`, body: page.message, auth: false } as const;
  const answer = await connection.call(create, signal);
  return answer.kind === 'answer' ? sentOf(answer) : doubting(outcomeOf(answer), parcel);
}
