// `landfall openness`: the targets that an address may refer to, and what a look at them needs.

import type { Config } from '../config/shape.ts';
import { openHttp } from '../infra/http/client.ts';
import { type OpennessAnswer, opennessOf } from '../reports/openness.ts';
import { sources } from '../sources/index.ts';
import type { Target } from '../types/core.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';
import { cardOf } from './card.ts';
import { createReader, ownTables } from './names.ts';
import { openSources, userAgent } from './open-worker.ts';

/** Sources with repositories, in the order in which an address without a prefix is tried. */
const order = ['huggingface', 'github'];

function targetsOf(address: string): readonly Target[] | WishProblem {
  const [, prefix, rest] = /^(?:(huggingface|github):(?!\/\/))?(.+)$/.exec(address.trim()) ?? [];
  const problem: WishProblem = {
    problem: { code: 'address.repository', params: { written: address } },
    help: { code: 'help.repository', params: {} },
  };
  if (rest === undefined || !rest.includes('/')) return problem;
  const targets: Target[] = [];
  let refusal = problem;
  for (const kind of order.filter((name) => prefix === undefined || name === prefix)) {
    const reading = sources.find((source) => source.kind === kind)?.address(rest, {});
    if (reading === undefined) continue;
    if ('problem' in reading) refusal = reading;
    else targets.push(reading.target);
  }
  return targets.length > 0 ? targets : refusal;
}

/** How long a lab's site may take in milliseconds; after that the card is made without it. */
const sitesMs = 8_000;

/** The watched pages and feeds on a lab's own sites: only addresses somebody chose, none are guessed. */
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
): Promise<OpennessAnswer | ({ readonly kind: 'wrong' } & WishProblem)> {
  const targets = targetsOf(address);
  if ('problem' in targets) return { kind: 'wrong', ...targets };
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
