// landfall export: what was added from Discord, as YAML for the file.
import { additions, writeAdditions } from '../guilds/additions.ts';
import { errorText } from '../infra/log.ts';
import { type Command, exit } from './command.ts';
import { withConfig } from './config.ts';

export const exportAdditions: Command = {
  summary: 'watches added from Discord, as YAML',
  takes: '',
  least: 0,
  most: 0,
  run: (context) =>
    withConfig(context, async (config) => {
      const { app, out, options } = context;
      try {
        const db = await app.openReading(config, options);
        try {
          const added = await additions(db, new Set(config.channels.map((channel) => channel.name)));
          out.print(out.json ? JSON.stringify(added) : writeAdditions(added).trimEnd());
          return exit.done;
        } finally {
          await db.close();
        }
      } catch (error) {
        out.say(errorText(error));
        return exit.failed;
      }
    }),
};
