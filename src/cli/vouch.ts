// landfall vouch ACCOUNT LAB: an account is this lab's own, for all, from the worker's next wake on.
import { spellingHint } from '../config/spelling.ts';
import { askVouch, readAccount } from '../reports/ask-vouch.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withWriting } from './config.ts';

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
