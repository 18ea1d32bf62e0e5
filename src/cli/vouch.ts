// landfall vouch ACCOUNT LAB: an account is this lab's own, for all, from the worker's next wake on.
import { spellingHint } from '../config/spelling.ts';
import { askVouch, askWithdrawal, readAccount } from '../reports/ask-vouch.ts';
import type { Db } from '../store/define.ts';
import type { Vouch } from '../types/labs.ts';
import { type CommandContext, exit, fail, type RunCommand } from './command.ts';
import { withWriting } from './config.ts';

async function withdraw({ out, rest }: CommandContext, db: Db, account: Pick<Vouch, 'source' | 'account'>) {
  if (rest.length > 1) return fail(out, '`--withdraw` takes the account alone', exit.wrong);
  const name = `${account.source}:${account.account}`;
  if (!(await askWithdrawal(db, account, Date.now())))
    return fail(out, `nobody vouched for ${name} with this command; what \`labs:\` says is changed there`, exit.wrong);
  if (out.json) out.print(JSON.stringify({ ...account, withdrawn: true, taken: 'at the next wake' }));
  else out.print(`${name} is judged anew from the worker's next wake on; what was told stays told`);
  return exit.done;
}

export const vouch: RunCommand = (context) =>
  withWriting(context, async (config, db) => {
    const { app, out, rest } = context;
    const [written = '', named = ''] = rest;
    const account = readAccount(written);
    if (account === null)
      return fail(
        out,
        `"${written}" is no account, such as meta-models, github:meta-models or modelscope:Qwen`,
        exit.wrong,
      );
    if (context.flag('withdraw')) return withdraw(context, db, account);
    if (named === '') return fail(out, 'a lab is missing, such as `landfall vouch meta-models meta`', exit.wrong);
    const labs = app.labIds(config);
    const lab = labs.find((id) => id === named.toLowerCase());
    if (lab === undefined) {
      const hint = spellingHint(named, labs) ?? '`labs:` in the configuration adds one';
      return fail(out, `unknown lab "${named}" (${hint})`, exit.wrong);
    }
    await askVouch(db, { scope: 'file', ...account, lab }, Date.now());
    if (out.json) out.print(JSON.stringify({ ...account, lab, taken: 'at the next wake' }));
    else out.print(`${account.source}:${account.account} is ${lab}'s own, from the worker's next wake on`);
    return exit.done;
  });
