// landfall run: watch for ever, until SIGTERM or SIGINT.
import { setTimeout as sleep } from 'node:timers/promises';
import { isAnonymous } from '../config/app-key.ts';
import { withoutRepeats } from '../infra/log-repeats.ts';
import { isPerson } from '../types/person.ts';
import { sayMissing } from '../worker/channel-check.ts';
import { keepWatching } from '../worker/loop.ts';
import { createReload } from '../worker/reload.ts';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

export const run: RunCommand = (context) =>
  withConfig(context, async (config, first) => {
    const { app, out, options, option, signal } = context;
    const log = withoutRepeats(context.log(config), () => performance.now());
    // Listens from the first moment: without a listener SIGHUP ends the program.
    let ask = (): void => undefined;
    context.hangup(() => ask());
    const opened = await app.openWorker(config, options, out, { log, record: option('record') });
    if ('refused' in opened) return fail(out, opened.refused);
    const { worker, clock, everyMs, pacing, lost, wakeup, spread, questions, builtIn, take, tell } = opened;
    const github = isAnonymous(config.secrets)
      ? ' Without GITHUB_TOKEN, GitHub is watched within its anonymous limits.'
      : '';
    const targets = worker.outboxTargets.map(({ name }) => name).filter((name) => !isPerson(name));
    const names = targets.join(', ');
    log.info(
      `landfall ${app.version}: ${config.watches.length} ${config.watches.length === 1 ? 'watch' : 'watches'}, told to ${names === '' ? 'nobody: every channel is off' : names}.${github}`,
    );
    const over = new AbortController();
    const running = AbortSignal.any([signal, over.signal]);
    const bot = opened.bot(running);
    const said = sayMissing(worker, wait, running);
    const reload = createReload({
      read: () => app.readConfig(options.config),
      stamp: (patterns) => app.configStamp(options.config, patterns),
      first,
      current: () => worker.config,
      tell,
      log,
      wait,
    });
    ask = reload.ask;
    const reading = reload.keep(running);
    try {
      const served = await opened.serve();
      try {
        const reloading = { next: reload.next, take };
        await keepWatching(
          {
            worker,
            clock,
            everyMs,
            pacing,
            lost,
            wakeup,
            spread,
            questions,
            builtIn,
            wait,
            reload: reloading,
            ...served,
          },
          signal,
        );
      } finally {
        await served?.close();
      }
    } finally {
      over.abort();
      await Promise.all([bot, said, reading]);
      await opened.close();
    }
    log.info('stopped');
    return exit.done;
  });
