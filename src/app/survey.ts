// `landfall check --online`: what a look at every target needs.
import type { App } from '../cli/command.ts';
import { nearest } from '../config/spelling.ts';
import { openHttp } from '../infra/http/client.ts';
import { sources } from '../sources/index.ts';
import { survey } from '../worker/survey.ts';
import { labAccounts } from './names.ts';
import { openSources, userAgent } from './open-worker.ts';

export const surveyAll: App['survey'] = async (config, signal, progress) => {
  const http = openHttp({ userAgent, allowPrivate: config.allowPrivate });
  try {
    const opened = openSources(config, http);
    return await survey({ sources: opened, kinds: sources, now: Date.now, signal, progress }, config.targets);
  } finally {
    await http.close();
  }
};

/** The known lab account that a misspelt one resembles most; null when the account itself is known. */
export const nearestAccount: App['nearestAccount'] = (config, { source, address }) => {
  const [owner = ''] = address.split('/');
  const accounts = labAccounts(config.labs)(source);
  return accounts.some((one) => one.toLowerCase() === owner.toLowerCase()) ? null : nearest(owner, accounts);
};
