// landfall once: every target once, now; then all that is due is delivered.

import { isAnonymous } from '../config/app-key.ts';
import { withoutAddress } from '../infra/log.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import { causeOf, isNetworkDown } from '../worker/look-log.ts';
import { once as lookOnce, type OnceResult } from '../worker/once.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

/** Up to this many failures are listed one by one; more with the same cause become one line, as in the log of `run`. */
const namedAtMost = 3;

function failureLines({ watches }: OnceResult): readonly string[] {
  const failed = watches.flatMap(({ target, result, reason }) =>
    reason !== undefined && (result === 'later' || result === 'broken') ? [{ target, result, reason }] : [],
  );
  const groups = Map.groupBy(failed, ({ result, reason }) => `${result} ${causeOf(reason)}`);
  return [...groups.values()].flatMap((list) => {
    // Reasons of the network begin with the address, which the line shows already.
    const lines = list.map(({ target, result, reason }) => {
      const said = withoutAddress(inEnglish(reason), target.slice(target.indexOf(':') + 1));
      return list.length > namedAtMost ? `${target}: ${said}` : `${target}: ${result}: ${said}`;
    });
    const [first] = list;
    if (first === undefined || list.length <= namedAtMost) return lines;
    const down = isNetworkDown(causeOf(first.reason), list.length, watches.length) ? 'the network is down: ' : '';
    return [`${down}${list.length} of ${watches.length} places could not be looked at, first: ${lines[0]}`];
  });
}

/** The outcome of the run in words: looks, failures, first looks, messages. */
function summaryOf({ watches, begun, told, owed }: OnceResult, failed: number): string {
  const news = told === 0 ? 'nothing new' : `${told} ${told === 1 ? 'message' : 'messages'} sent`;
  const first =
    begun === 0
      ? []
      : [
          `${begun === watches.length ? 'This was the first look' : `${begun} for the first time`}: what is there is remembered, not told; what comes from now on is told.`,
        ];
  const waiting = owed === 0 ? [] : [`${owed} ${owed === 1 ? 'message waits' : 'messages wait'} to be sent.`];
  return [`${watches.length} looked at${failed > 0 ? `, ${failed} failed` : ''}; ${news}.`, ...first, ...waiting].join(
    ' ',
  );
}

export const once: RunCommand = (context) =>
  withConfig(context, async (config) => {
    const { app, out, options, option, signal } = context;
    const log = context.log(config);
    if (isAnonymous(config.secrets) && config.targets.some((target) => target.source === 'github')) {
      log.info('Without GITHUB_TOKEN, GitHub is watched within its anonymous limits.');
    }
    const opened = await app.openWorker(config, options, out, { log, record: option('record') });
    if ('refused' in opened) return fail(out, opened.refused);
    try {
      const result = await lookOnce(opened.worker, opened.pacing, signal, {
        questions: opened.questions,
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
        for (const line of failureLines(result)) out.say(line);
        for (const { target } of watches.filter(({ absent }) => absent)) out.say(`${target}: not there (yet)`);
        out.print(summaryOf(result, failed.length));
      }
      return ok ? exit.done : exit.failed;
    } finally {
      await opened.close();
    }
  });
