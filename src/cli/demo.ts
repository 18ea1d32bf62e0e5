// landfall demo: August 2025 as it was seen, through the real pipeline, on a throw-away database.
import { join } from 'node:path';
import { exit, type RunCommand } from './command.ts';

export const demo: RunCommand = async ({ app, out, signal, log, flag }) => {
  const reading = await app.readConfig(join(app.demoDirectory, 'landfall.yaml'));
  if ('problems' in reading) {
    for (const problem of reading.problems) out.say(`${problem.file}:${problem.line}: ${problem.message}`);
    return exit.failed;
  }
  const { config } = reading;
  const board = flag('board') ? (config.listen ?? { host: '127.0.0.1', port: 8080 }) : null;
  const result = await app.replay(config, { directory: app.demoDirectory, out, log: log(config), signal, board });
  if (out.json) out.print(JSON.stringify(result));
  return exit.done;
};
