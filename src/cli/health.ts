// landfall health: 0 when the worker's last beat is at most three wakes old.

import { errorText } from '../infra/log.ts';
import { exit, type RunAlone } from './command.ts';

export const health: RunAlone = async ({ out, options, health: read }) => {
  const result = await read(options.data).catch((error: unknown) => ({ ok: false, reason: errorText(error) }));
  out.print(out.json ? JSON.stringify(result) : `${result.ok ? 'healthy' : 'not healthy'}: ${result.reason}`);
  return result.ok ? exit.done : exit.failed;
};
