// What the address of a licence says by itself. The owner in the path says nothing: one account has many licences.
import type { LicenceEntry } from './entry.ts';
import { foldName, type LicenceTable } from './table.ts';

/** `huggingface.co/OWNER/NAME/blob/REVISION/LICENSE`: the model whose licence file it is; null for any other address. */
export function linkedRepo(link: string): string | null {
  const found =
    /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/([\w.-]+\/[\w.-]+)\/(?:blob|resolve|raw)\/[^/]+\/([^/?#]+)/i.exec(
      link,
    );
  return found?.[1] !== undefined && /licen[cs]e|terms|copying/i.test(found[2] ?? '') ? found[1] : null;
}

/** Hosts whose paths begin with an account, so that parts of a path may name people instead of licences. */
const accountHosts =
  /(?:^|\.)(?:huggingface\.co|hf\.co|github\.com|githubusercontent\.com|gitlab\.com|modelscope\.cn|gitee\.com)$/;

/** A last path segment longer than this is not a name. */
const nameAtMost = 200;

export function linkedEntry(link: string, table: LicenceTable): LicenceEntry | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  const address = `${url.hostname.replace(/^www\./, '')}${url.pathname}`.toLowerCase().replace(/\/$/, '');
  const known = table.links.find(
    ({ begins }) => address.startsWith(begins) && !/^[\p{L}\p{N}-]/u.test(address.slice(begins.length)),
  );
  if (known !== undefined) return known.entry;
  const repo = linkedRepo(link);
  if (repo !== null) return table.byRepo.get(foldName(repo));
  if (accountHosts.test(url.hostname)) return undefined;
  // Only the end of the path counts: `…/gemma/docs/gemma_4_license` is not the Gemma licence.
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  const name = last.replace(/\.(?:md|txt|html?|pdf)$/i, '');
  return (
    named(name, table) ?? (name.length > nameAtMost ? undefined : named(name.replace(/[-_.]v?\d[\d.]*$/i, ''), table))
  );
}

function named(name: string, table: LicenceTable): LicenceEntry | undefined {
  const entry = table.byName.get(foldName(name)) ?? table.byId.get(foldName(name));
  return entry === undefined || entry.vague ? undefined : entry;
}
