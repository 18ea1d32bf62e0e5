// Makes a notice to operators owed to a channel.
import type { Statement } from '../store/define.ts';
import { insertDelivery } from '../store/deliveries.ts';
import type { Iso } from '../types/core.ts';
import type { Delivery } from '../types/delivery.ts';
import type { NoticeWords } from './target.ts';

interface OwedNotice {
  readonly about: string;
  readonly said: NoticeWords;
  readonly seq: number;
}

/** `about` distinguishes notices of the same time. */
export function noticeStatement(channel: string, { about, said, seq }: OwedNotice, now: Iso): Statement {
  const subject = `notice:${about}`;
  const id = `${subject}@${now}>${channel}/notice`;
  const { title, text } = said;
  const delivery: Delivery = {
    id,
    subject,
    revision: 1,
    channel,
    form: 'notice',
    seq,
    notBefore: now,
    attempts: 0,
    content: { title, text },
    pinned: null,
    sent: [],
    doubtSince: null,
  };
  return insertDelivery(delivery, now);
}
