// landfall send-test [CHANNEL]: one marked test message.
import { type Command, exit } from './command.ts';
import { withConfig } from './config.ts';

export const sendTest: Command = {
  summary: 'one marked test message (no CHANNEL: to every channel)',
  takes: '[CHANNEL]',
  least: 0,
  most: 1,
  run: (context) =>
    withConfig(context, async (config) => {
      const { app, out, rest, signal } = context;
      const name = rest[0] ?? null;
      if (name !== null && !config.channels.some((channel) => channel.name === name)) {
        out.say(
          `there is no channel "${name}"; the configuration has ${config.channels.map((channel) => channel.name).join(', ')}`,
        );
        return exit.wrong;
      }
      return app.sendTest(config, name, out, context.log(config), signal);
    }),
};
