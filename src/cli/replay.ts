// landfall replay DIR: a recorded past through the configuration, on its own clock; nothing is sent.
import { stat } from 'node:fs/promises';
import { type Command, exit } from './command.ts';
import { withConfig } from './config.ts';

export const replay: Command = {
  summary: 'run a recorded past through the configuration and print what would have been told, when',
  takes: 'DIR',
  least: 1,
  most: 1,
  run: (context) =>
    withConfig(
      context,
      async (config) => {
        const { app, out, rest, signal } = context;
        const directory = rest[0] ?? '';
        const there = await stat(directory).then(
          (entry) => entry.isDirectory(),
          () => false,
        );
        if (!there) {
          out.say(`${directory}: no such directory; \`landfall run --record DIR\` writes one`);
          return exit.wrong;
        }
        const result = await app.replay(config, directory, out, context.log(config), signal);
        if (out.json) out.print(JSON.stringify(result));
        return exit.done;
      },
      { sends: false },
    ),
};
