// Repositories in the accounts of known laboratories that an entry leads to. Pure, and linear in the text.
import type { Observation } from '../../types/core.ts';
import type { LabTable } from './labs.ts';

/** Where labs have accounts of their own, and what targets there are called. */
const accountHosts: ReadonlyMap<string, string> = new Map([
  ['huggingface.co', 'huggingface'],
  ['github.com', 'github'],
  ['modelscope.cn', 'modelscope'],
]);
/** An entry that lists a hundred links is a list of links. */
const linksAtMost = 5;

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
  const name = first === 'blog' ? '' : inside ? third : second;
  return { source, owner, name: name === '' ? null : name, lab: lab.id };
}

/** The id of the lab in whose account a link stands; null for everybody else's. */
export function labOfLink(url: string, labs: LabTable): string | null {
  return accountAt(url, labs)?.lab ?? null;
}

/** Targets that an entry is a reason to look at: each repository of a lab that it leads to, and the account it is in. */
export function repositoriesIn({ title, url, text, facts }: Observation, labs: LabTable): readonly string[] {
  const titled = /^([\w.-]{1,96}\/[\w.-]{1,96}) · Hugging Face/.exec(title)?.[1];
  const written = [url, ...(titled === undefined ? [] : [`https://huggingface.co/${titled}`])];
  const links = [...written, ...(facts.links ?? []), ...(text?.match(/https?:\/\/[^\s)\]>"'<]{1,300}/g) ?? [])];
  const found = new Map<string, Account>();
  for (const link of links) {
    const account = found.size < linksAtMost ? accountAt(link, labs) : null;
    if (account !== null && account.name !== null)
      found.set(`${account.source}:${account.owner}/${account.name}`, account);
  }
  return [...new Set([...found].flatMap(([id, { source, owner }]) => [id, `${source}:${owner}`]))];
}
