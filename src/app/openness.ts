// `landfall openness`: which targets an address may mean, and what a look at them needs.

import type { Config } from '../config/shape.ts';
import { openHttp } from '../infra/http/client.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import { type OpennessAnswer, opennessOf } from '../reports/openness.ts';
import { sources } from '../sources/index.ts';
import type { Target } from '../types/core.ts';
import { cardOf } from './card.ts';
import { createReader, ownTables } from './names.ts';
import { openSources, userAgent } from './open-worker.ts';

/** The sources that have repositories, in the order in which an address without a prefix is tried. */
const order = ['huggingface', 'github'];

function targetsOf(address: string): readonly Target[] | string {
  const [, prefix, rest] = /^(?:(huggingface|github):(?!\/\/))?(.+)$/.exec(address.trim()) ?? [];
  if (rest === undefined || !rest.includes('/'))
    return `"${address}" is no repository: write OWNER/NAME, huggingface:OWNER/NAME or github:OWNER/NAME`;
  const targets: Target[] = [];
  let problem = `"${address}" is no repository`;
  for (const kind of order.filter((name) => prefix === undefined || name === prefix)) {
    const reading = sources.find((source) => source.kind === kind)?.address(rest, {});
    if (reading === undefined) continue;
    if ('problem' in reading) problem = inEnglish(reading.problem);
    else targets.push(reading.target);
  }
  return targets.length > 0 ? targets : problem;
}

/** A site that is slow tells nothing; the card does not wait for it. */
const sitesMs = 8_000;

/** What the configuration watches of a lab's own sites: what is there was chosen by somebody, nothing is guessed. */
function sitesOf(config: Config, lab: string): readonly Target[] {
  const sites = ownTables(config.labs).byId.get(lab)?.sites ?? [];
  return config.targets.filter(({ address }) => {
    const host = URL.canParse(address) ? new URL(address).hostname : '';
    return sites.some((site) => host === site || host.endsWith(`.${site}`));
  });
}

export async function askOpenness(
  config: Config,
  address: string,
  signal: AbortSignal,
): Promise<OpennessAnswer | { readonly kind: 'wrong'; readonly reason: string }> {
  const targets = targetsOf(address);
  if (typeof targets === 'string') return { kind: 'wrong', reason: targets };
  const http = openHttp({ userAgent, allowPrivate: config.allowPrivate });
  try {
    const deps = {
      sources: openSources(config, http),
      read: createReader(config).read,
      sitesOf: (lab: string) => sitesOf(config, lab),
      briefly: (whole: AbortSignal) => AbortSignal.any([whole, AbortSignal.timeout(sitesMs)]),
      card: cardOf(),
      now: Date.now,
    };
    return await opennessOf(deps, targets, signal);
  } finally {
    await http.close();
  }
}
