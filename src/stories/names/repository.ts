// Tells a repository's id or address from running text.
import type { Lab, LabTable } from './labs.ts';

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

const part = '[A-Za-z0-9][A-Za-z0-9._-]*';
const address = new RegExp(
  `^(?:https?://)?(?:www\\.)?(?:huggingface\\.co|hf\\.co|github\\.com)/(?:api/models/|datasets/|spaces/|repos/)?(${part})/(${part}(?::${part})?)(?:[/?#].*)?$`,
  'i',
);
const identifier = new RegExp(`^(?:huggingface:|github:|hf:)?(${part})/(${part}(?::${part})?)$`);

/** `owner/name`, with or without a prefix, or an address on Hugging Face or GitHub; null for anything else. */
export function readRepository(text: string): Repository | null {
  const bare = text.trim();
  const [, owner, name] = address.exec(bare) ?? identifier.exec(bare) ?? [];
  if (owner === undefined || name === undefined) return null;
  return { owner, name: name.replace(/\.git$/, '') };
}

/** The lab that owns this account (an older one included); null for any other account. */
export function labOfAccount(owner: string, table: LabTable): Lab | null {
  return table.byAccount.get(owner.toLowerCase()) ?? null;
}
