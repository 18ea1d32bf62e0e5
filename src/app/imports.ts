// `landfall import`: turns other lists into watch list entries, leaving out what is watched already.
import type { App, Importable, ImportWish } from '../cli/command.ts';
import type { Config } from '../config/shape.ts';
import { readWatches } from '../config/watches.ts';
import { openHttp } from '../infra/http/client.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { Collected, Source } from '../sources/define.ts';
import { sources } from '../sources/index.ts';
import type { Target } from '../types/core.ts';
import { openSources, userAgent } from './open-worker.ts';

type Candidate = Importable['entries'][number];

const lists = [
  { wish: 'stars', source: 'github', list: 'stars' },
  { wish: 'following', source: 'github', list: 'following' },
  { wish: 'likes', source: 'huggingface', list: 'likes' },
] as const;

type Listed = { readonly candidates: readonly Candidate[]; readonly whole: boolean } | { readonly failed: string };

async function listed(
  opened: ReadonlyMap<string, Source>,
  { source, list }: (typeof lists)[number],
  user: string,
  signal: AbortSignal,
): Promise<Listed> {
  const answer: Collected = (await opened.get(source)?.collect?.(list, user, { now: Date.now, signal })) ?? {
    kind: 'absent',
  };
  switch (answer.kind) {
    case 'list': {
      const candidates = answer.addresses.map((address): Candidate => ({ entry: { [source]: address }, title: null }));
      return { candidates, whole: answer.whole };
    }
    case 'absent':
      return { failed: `${source} knows no user "${user}"` };
    case 'failed':
      return { failed: `${list} of ${user}: ${inEnglish(answer.reason)}` };
  }
}

/** Accounts watched without filters, which covers all their repositories. */
function wholeAccounts({ targets, watches }: Config): ReadonlySet<string> {
  const whole = watches.filter(
    ({ filters: { on, include, exclude } }) => on === null && include === null && exclude === null,
  );
  const ids = new Set(whole.map(({ targetId }) => targetId));
  return new Set(targets.filter(({ id, address }) => ids.has(id) && !address.includes('/')).map(({ id }) => id));
}

const accountOf = ({ source, address }: Target): string => `${source}:${address.split('/')[0]?.toLowerCase() ?? ''}`;

function sorted(config: Config, candidates: readonly Candidate[]): Importable {
  const known = new Set(config.targets.map(({ id }) => id));
  const accounts = wholeAccounts(config);
  const entries: Candidate[] = [];
  const watched: string[] = [];
  const unfit: string[] = [];
  for (const candidate of candidates) {
    const { targets, findings } = readWatches(
      [candidate.entry],
      { sources },
      { known: [], told: () => [] },
      () => null,
    );
    const [target] = targets;
    const [[kind, address] = ['', '']] = Object.entries(candidate.entry);
    if (target === undefined || findings.length > 0) {
      unfit.push(`${kind}:${String(address)}: ${findings[0]?.message ?? ''}`);
      continue;
    }
    const isWatched = known.has(target.id) || (target.address.includes('/') && accounts.has(accountOf(target)));
    if (isWatched) watched.push(`${kind}:${String(address)}`);
    else entries.push(candidate);
    known.add(target.id);
  }
  return { entries, watched, unfit, whole: true };
}

export const gather: App['gather'] = async (config, wish: ImportWish, signal) => {
  const http = openHttp({ userAgent, allowPrivate: config.allowPrivate });
  try {
    const opened = openSources(config, http);
    const candidates: Candidate[] = wish.feeds.map(({ url, title }) => ({ entry: { feed: url }, title }));
    let whole = true;
    for (const one of lists) {
      const user = wish[one.wish];
      if (user === null) continue;
      const answer = await listed(opened, one, user, signal);
      if ('failed' in answer) return answer;
      candidates.push(...answer.candidates);
      whole &&= answer.whole;
    }
    return { ...sorted(config, candidates), whole };
  } finally {
    await http.close();
  }
};
