// landfall once: every target once, now; then all that is due is delivered.

import { withoutAddress } from '../infra/log.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import { once as lookOnce } from '../worker/once.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

export const once: RunCommand = (context) =>
  withConfig(context, async (config) => {
    const { app, out, options, option, signal } = context;
    const log = context.log(config);
    if (config.secrets.GITHUB_TOKEN === undefined && config.targets.some((target) => target.source === 'github')) {
      log.info('Without GITHUB_TOKEN, GitHub is watched within its anonymous limits.');
    }
    const opened = await app.openWorker(config, options, out, { log, record: option('record') });
    if ('refused' in opened) return fail(out, opened.refused);
    try {
      const result = await lookOnce(opened.worker, opened.pacing, signal, {
        looked: (done, all) => out.progress(`looked at ${done} of ${all} targets`),
      });
      out.progress(null);
      const { told, owed, ok } = result;
      const watches = result.watches.map(({ reason, ...watch }) =>
        reason === undefined ? watch : { ...watch, reason: inEnglish(reason), code: reason.code },
      );
      const failed = watches.filter((entry) => entry.result === 'later' || entry.result === 'broken');
      if (out.json) out.print(JSON.stringify({ watches, told, owed }));
      else {
        for (const { target, result: how, ...why } of failed) {
          const reason = 'reason' in why ? why.reason : '';
          // Reasons of the network begin with the address, which stands there already.
          const address = target.slice(target.indexOf(':') + 1);
          out.say(`${target}: ${how}: ${withoutAddress(reason, address)}`);
        }
        const fresh = watches.filter((entry) => entry.result === 'fresh').length;
        out.print(
          `${watches.length} ${watches.length === 1 ? 'target' : 'targets'}: ${fresh} fresh, ${watches.length - fresh - failed.length} same, ${failed.length} failed. ${told} ${told === 1 ? 'message' : 'messages'} sent, ${owed} owed.`,
        );
      }
      return ok ? exit.done : exit.failed;
    } finally {
      await opened.close();
    }
  });
