// landfall schema: the JSON Schema of the configuration, for editors.
import { exit, type RunCommand } from './command.ts';

export const schema: RunCommand = async ({ app, out }) => {
  out.print(JSON.stringify(app.schema(), null, out.json ? undefined : 2));
  return exit.done;
};
