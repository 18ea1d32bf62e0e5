// Repositories in the accounts of known laboratories that an entry leads to. Pure, and linear in the text.
import type { Observation, Target } from '../../types/core.ts';
import type { LabTable } from './labs.ts';

/** Where labs have accounts of their own, and what targets there are called. */
const accountHosts: ReadonlyMap<string, string> = new Map([
  ['huggingface.co', 'huggingface'],
  ['hf.co', 'huggingface'],
  ['github.com', 'github'],
  ['modelscope.cn', 'modelscope'],
]);
/** An entry that lists a hundred links is a list of links. */
const linksAtMost = 5;

const nameForm = /^[A-Za-z0-9][\w.-]{0,95}$/;
/** What stands in an account beside its repositories. */
const notNames: ReadonlySet<string> = new Set(['collections', 'models', 'datasets', 'spaces', 'activity', 'followers']);

interface Account {
  readonly source: string;
  readonly owner: string;
  readonly name: string | null;
  readonly lab: string;
}

/** The account of a lab in which a link stands. */
function accountAt(url: string, labs: LabTable): Account | null {
  if (!URL.canParse(url)) return null;
  const { hostname, pathname } = new URL(url);
  const source = accountHosts.get(hostname.replace(/^www\./, ''));
  const [, first = '', second = '', third = ''] = pathname.split('/');
  // A blog post names its account behind `blog`, and a model on ModelScope stands behind `models`.
  const inside = first === 'blog' || first === 'models';
  const owner = inside ? second : first;
  const lab = labs.byAccount.get(owner.toLowerCase());
  if (source === undefined || lab === undefined) return null;
  const name = (first === 'blog' ? '' : inside ? third : second).replace(/\.git$/, '');
  return { source, owner, name: name === '' ? null : name, lab: lab.id };
}

/** The id of the lab in whose account a link stands; null for everybody else's. */
export function labOfLink(url: string, labs: LabTable): string | null {
  return accountAt(url, labs)?.lab ?? null;
}

/** What an entry is a reason to look at: a repository of a lab that it leads to, and the account it is in. */
export interface LinkedRepository {
  readonly target: Target;
  readonly account: Target;
}

const targetOf = (source: string, address: string): Target => ({
  id: `${source}:${address.toLowerCase()}`,
  source,
  address,
  shape: null,
});

export function repositoriesIn({ title, url, text, facts }: Observation, labs: LabTable): readonly LinkedRepository[] {
  const titled = /^([\w.-]{1,96}\/[\w.-]{1,96}) · Hugging Face/.exec(title)?.[1];
  const written = [url, ...(titled === undefined ? [] : [`https://huggingface.co/${titled}`])];
  const links = [...written, ...(facts.links ?? []), ...(text?.match(/https?:\/\/[^\s)\]>"'<]{1,300}/g) ?? [])].map(
    (link) => link.replace(/[.,;:!?]{1,3}$/, ''),
  );
  const found = new Map<string, LinkedRepository>();
  for (const link of links) {
    const at = found.size < linksAtMost ? accountAt(link, labs) : null;
    if (at === null || at.name === null || !nameForm.test(at.name) || notNames.has(at.name.toLowerCase())) continue;
    const target = targetOf(at.source, `${at.owner}/${at.name}`);
    found.set(target.id, { target, account: targetOf(at.source, at.owner) });
  }
  return [...found.values()];
}
