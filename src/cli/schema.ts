// landfall schema: the JSON Schema of the configuration, for editors.
import { type Command, exit } from './command.ts';

export const schema: Command = {
  summary: 'the JSON Schema of the configuration',
  takes: '',
  least: 0,
  most: 0,
  run: async ({ app, out }) => {
    out.print(JSON.stringify(app.schema(), null, out.json ? undefined : 2));
    return exit.done;
  },
};
