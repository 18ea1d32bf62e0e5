// Vouching for an account beside a running worker.
import type { Db } from '../store/define.ts';
import { saveVouch, withdrawVouch } from '../store/vouches.ts';
import type { Vouch } from '../types/labs.ts';
import { iso } from '../types/time.ts';

/** `huggingface:meta-next`, `https://huggingface.co/meta-next`, or a bare account on Hugging Face; null for anything else. */
export function readAccount(written: string): Pick<Vouch, 'source' | 'account'> | null {
  const bare = written
    .trim()
    .replace(/^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\//i, 'huggingface:')
    .replace(/^https?:\/\/(?:www\.)?github\.com\//i, 'github:')
    .replace(/^https?:\/\/(?:www\.)?modelscope\.cn\/(?:models\/|organization\/)?/i, 'modelscope:')
    .replace(/\/$/, '');
  const found = /^(?:(huggingface|github|modelscope):)?([A-Za-z0-9][\w.-]{0,95})$/.exec(bare);
  const [, source = 'huggingface', account] = found ?? [];
  return account === undefined ? null : { source, account };
}

export async function askVouch(db: Db, vouch: Vouch, nowMs: number): Promise<void> {
  await db.batch([saveVouch(vouch, iso(nowMs))]);
}

/** False: nobody vouched for the account beside the configuration. */
export function askWithdrawal(db: Db, account: Pick<Vouch, 'source' | 'account'>, nowMs: number): Promise<boolean> {
  return withdrawVouch(db, { scope: 'file', ...account }, iso(nowMs));
}
