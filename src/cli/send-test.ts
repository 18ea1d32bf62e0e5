// landfall send-test [CHANNEL]: one marked test message, and what the channel lacks.
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

export const sendTest: RunCommand = (context) =>
  withConfig(context, async (config) => {
    const { app, out, rest, signal } = context;
    const name = rest[0] ?? null;
    if (name !== null && !config.channels.some((channel) => channel.name === name))
      return fail(
        out,
        `there is no channel "${name}"; the configuration has ${config.channels.map((channel) => channel.name).join(', ')}`,
        exit.wrong,
      );
    const wish = { channel: name, mention: context.flag('mention') };
    return app.sendTest(config, { ...wish, out, log: context.log(config) }, signal);
  });
