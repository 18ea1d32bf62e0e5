// landfall replay DIR: a recorded past through the configuration, on its own clock; nothing is sent.
import { stat } from 'node:fs/promises';
import { exit, fail, type RunCommand } from './command.ts';
import { withConfig } from './config.ts';

export const replay: RunCommand = (context) =>
  withConfig(
    context,
    async (config) => {
      const { app, out, rest, signal } = context;
      const directory = rest[0] ?? '';
      const there = await stat(directory).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
      if (!there)
        return fail(out, `${directory}: no such directory; \`landfall run --record DIR\` writes one`, exit.wrong);
      const log = context.log(config);
      const result = await app.replay(config, { directory, out, log, signal, board: null });
      if (out.json) out.print(JSON.stringify(result));
      return exit.done;
    },
    { sends: false },
  );
