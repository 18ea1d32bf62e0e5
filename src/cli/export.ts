// landfall export: what was added from Discord, as YAML for the file.
import { additions, writeAdditions } from '../guilds/additions.ts';
import { exit, type RunCommand } from './command.ts';
import { withReading } from './config.ts';

export const exportAdditions: RunCommand = (context) =>
  withReading(context, async (config, db) => {
    const { out } = context;
    const added = await additions(db, new Set(config.channels.map((channel) => channel.name)));
    out.print(out.json ? JSON.stringify(added) : writeAdditions(added).trimEnd());
    return exit.done;
  });
