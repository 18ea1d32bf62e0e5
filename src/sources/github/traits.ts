// Observations of the repository itself: that it exists, its first push, its licence, its state. Pure.
import type { Observation, Target } from '../../types/core.ts';
import type { RepositoryCursor } from './cursor.ts';
import type { About, RepositoryDocument } from './document.ts';

export interface Traits {
  readonly observations: readonly Observation[];
  readonly code: RepositoryCursor['code'];
  readonly licence: RepositoryCursor['licence'];
}

/** Parts missing from this answer are left out: not knowing is not a change. */
export function readTraits(target: Target, document: RepositoryDocument, cursor: RepositoryCursor | null): Traits {
  const { about, name, server } = document;
  const base = {
    targetId: target.id,
    about: target.id,
    subject: null,
    title: name,
    url: about?.url ?? `${server}/${name}`,
    publishedAt: null,
    lang: null,
    text: null,
  };
  // Only the first push matters: a repository that once had code is never reported as empty again.
  const code =
    cursor?.code === 'pushed' || document.empty === false ? 'pushed' : document.empty ? 'none' : (cursor?.code ?? null);
  const licence = readLicence(document, cursor);
  const observations: Observation[] = [];
  if (about) {
    observations.push({
      ...base,
      key: 'repo',
      kind: 'repo',
      sort: 'thing',
      fingerprint: 'there',
      text: about.description,
      facts: { ...readOwnFacts(about), ...(document.empty === null ? {} : { empty: document.empty }) },
    });
  }
  if (code) {
    observations.push({
      ...base,
      key: 'code',
      kind: 'code',
      sort: 'trait',
      fingerprint: code,
      facts: { empty: code === 'none' },
    });
  }
  if (licence && document.licence) {
    const file = document.licence.file === 'as before' ? null : document.licence.file;
    observations.push({
      ...base,
      key: 'licence',
      kind: 'licence',
      sort: 'trait',
      fingerprint: licence.fingerprint,
      url: file?.url || base.url,
      facts: {
        licence: licence.spdx,
        ...(file ? { revision: file.sha } : {}),
        ...(file?.url ? { licenceTextUrl: file.url } : {}),
        ...(file?.text ? { licenceText: file.text } : {}),
      },
    });
  }
  if (about)
    observations.push({ ...base, key: 'state', kind: 'state', sort: 'trait', ...readState(target, name, about) });
  return { observations, code, licence: licence ?? cursor?.licence ?? null };
}

export function readOwnFacts(about: About): Observation['facts'] {
  return {
    ...(about.createdAt === null ? {} : { createdAt: about.createdAt }),
    archived: about.archived,
    visibility: about.visibility,
    stars: about.stars,
    forks: about.forks,
  };
}

function readState(target: Target, name: string, about: About): Pick<Observation, 'fingerprint' | 'facts'> {
  const renamed = name.toLowerCase() !== target.address.toLowerCase();
  const { archived, disabled, visibility } = about;
  return {
    fingerprint: `${archived ? 'archived' : 'live'} ${disabled ? 'disabled' : 'enabled'} ${visibility} ${name.toLowerCase()}`,
    facts: { archived, disabled, visibility, ...(renamed ? { renamedTo: name } : {}) },
  };
}

/**
 * REST and GraphQL may pick different files among several. So a file is compared only with the one found in the same way
 * before, and the fingerprint changes only when the identifier or that file has changed.
 */
function readLicence(document: RepositoryDocument, cursor: RepositoryCursor | null): RepositoryCursor['licence'] {
  const { by, licence: part } = document;
  if (!part) return null;
  const known = cursor?.licence ?? null;
  const before = known?.files[by];
  const sha = part.file === 'as before' ? before : (part.file?.sha ?? 'none');
  if (sha === undefined) return null;
  const moved = known === null || known.spdx !== part.spdx || (before !== undefined && before !== sha);
  const path = part.file === 'as before' ? (known?.path ?? null) : (part.file?.path ?? null);
  if (!moved) return { ...known, files: { ...known.files, [by]: sha }, path };
  return { spdx: part.spdx, fingerprint: `${part.spdx ?? 'none'}@${sha}`, files: { [by]: sha }, path };
}
