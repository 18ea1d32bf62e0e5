// Finds the repositories of known labs that an entry links to. Pure, and linear in the length of the text.
import type { Observation, Target } from '../../types/core.ts';
import type { LabTable } from './labs.ts';

/** Hosts where labs have accounts → the source whose targets they are. */
const accountHosts: ReadonlyMap<string, string> = new Map([
  ['huggingface.co', 'huggingface'],
  ['hf.co', 'huggingface'],
  ['github.com', 'github'],
  ['modelscope.cn', 'modelscope'],
]);
/** An entry with more links is a list of links, not news about one of them. */
const linksAtMost = 5;

const nameForm = /^[A-Za-z0-9][\w.-]{0,95}$/;
/** Path segments below an account that are not names of repositories. */
const notNames: ReadonlySet<string> = new Set(['collections', 'models', 'datasets', 'spaces', 'activity', 'followers']);

interface Account {
  readonly source: string;
  readonly owner: string;
  readonly name: string | null;
  readonly lab: string;
}

/** The lab account that a link points into; null when it is no lab's. */
function accountAt(url: string, labs: LabTable): Account | null {
  if (!URL.canParse(url)) return null;
  const { hostname, pathname } = new URL(url);
  const source = accountHosts.get(hostname.replace(/^www\./, ''));
  const [, first = '', second = '', third = ''] = pathname.split('/');
  // The path of a blog post has its account after `blog`, that of a model on ModelScope after `models`.
  const inside = first === 'blog' || first === 'models';
  const owner = inside ? second : first;
  const lab = labs.byAccount.get(owner.toLowerCase());
  if (source === undefined || lab === undefined) return null;
  const name = (first === 'blog' ? '' : inside ? third : second).replace(/\.git$/, '');
  return { source, owner, name: name === '' ? null : name, lab: lab.id };
}

/** The id of the lab whose account a link points into; null for any other account. */
export function labOfLink(url: string, labs: LabTable): string | null {
  return accountAt(url, labs)?.lab ?? null;
}

/** What an entry gives a reason to look at: a lab's repository that it links to, and the account of that repository. */
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
