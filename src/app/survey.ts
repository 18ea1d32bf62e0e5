// `landfall check --online`: what a look at every target needs.
import type { App } from '../cli/command.ts';
import { openHttp } from '../infra/http/client.ts';
import { sources } from '../sources/index.ts';
import { survey } from '../worker/survey.ts';
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
