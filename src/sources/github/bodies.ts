// Parses GitHub's REST answers: only the fields that are used; an unreadable item is dropped and counted.
import { z } from 'zod';
import { type About, type LicenceFile, type Release, readTime, shorten, type Tag } from './document.ts';

const licence = z.object({ key: z.string().nullish(), spdx_id: z.string().nullish() });

const repositoryBody = z.object({
  id: z.number(),
  full_name: z.string(),
  html_url: z.string(),
  description: z.string().nullish(),
  private: z.boolean().nullish(),
  visibility: z.string().nullish(),
  fork: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  created_at: z.string().nullish(),
  pushed_at: z.string().nullish(),
  size: z.number().nullish(),
  stargazers_count: z.number().nullish(),
  forks_count: z.number().nullish(),
  license: licence.nullish(),
});

const releaseBody = z.object({
  id: z.number().nullish(),
  tag_name: z.string().min(1),
  target_commitish: z.string().nullish(),
  name: z.string().nullish(),
  html_url: z.string(),
  draft: z.boolean().nullish(),
  prerelease: z.boolean().nullish(),
  published_at: z.string().nullish(),
  body: z.string().nullish(),
});

const tagBody = z.object({ name: z.string().min(1), commit: z.object({ sha: z.string() }).nullish() });

const licenceBody = z.object({
  sha: z.string(),
  path: z.string(),
  html_url: z.string().nullish(),
  content: z.string().nullish(),
  encoding: z.string().nullish(),
});

export type RepositoryBody = z.infer<typeof repositoryBody>;

export interface BodyPage<T> {
  readonly items: readonly T[];
  /** How many items could not be read. */
  readonly dropped: number;
}

const accountBody = z.object({ public_repos: z.number() });

/** The number of an account's public repositories, forks included; null when the answer does not contain it. */
export function readRepositoryCount(body: unknown): number | null {
  return accountBody.safeParse(body).data?.public_repos ?? null;
}

/** Null when the answer is not a repository. */
export function readRepositoryBody(body: unknown): RepositoryBody | null {
  return repositoryBody.safeParse(body).data ?? null;
}

function page<T>(body: unknown, item: z.ZodType<T>): BodyPage<T> | null {
  if (!Array.isArray(body)) return null;
  const read = body.map((one) => item.safeParse(one));
  const items = read.flatMap((one) => (one.success ? [one.data] : []));
  return { items, dropped: read.length - items.length };
}

export function readRepositoryBodies(body: unknown): BodyPage<RepositoryBody> | null {
  return page(body, repositoryBody);
}

const commitForm = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Drafts are dropped: they are not published yet. */
export function readReleaseBodies(body: unknown): BodyPage<Release> | null {
  const read = page(body, releaseBody);
  if (read === null) return null;
  const items = read.items
    .filter((one) => one.draft !== true)
    .map((one) => ({
      id: one.id ?? null,
      tag: one.tag_name,
      name: one.name?.trim() || null,
      url: one.html_url,
      publishedAt: readTime(one.published_at),
      prerelease: one.prerelease === true,
      commit: one.target_commitish && commitForm.test(one.target_commitish) ? one.target_commitish : null,
      text: shorten(one.body),
    }));
  return { items, dropped: read.dropped };
}

export function readTagBodies(body: unknown): BodyPage<Tag> | null {
  const read = page(body, tagBody);
  return (
    read && {
      items: read.items.map((one) => ({ name: one.name, commit: one.commit?.sha ?? null })),
      dropped: read.dropped,
    }
  );
}

/** Null when the repository states no licence. */
export function readSpdx(stated: z.infer<typeof licence> | null | undefined): string | null {
  if (!stated) return null;
  return stated.spdx_id ?? (stated.key === 'other' ? 'NOASSERTION' : (stated.key ?? null));
}

export function readAbout(body: RepositoryBody): About {
  return {
    url: body.html_url,
    description: body.description ?? null,
    createdAt: readTime(body.created_at),
    pushedAt: readTime(body.pushed_at),
    archived: body.archived === true,
    disabled: body.disabled === true,
    visibility: body.private === true || (body.visibility ?? 'public') !== 'public' ? 'private' : 'public',
    stars: body.stargazers_count ?? 0,
    forks: body.forks_count ?? 0,
  };
}

const licenceBytes = 64 * 1024;

/** Null when the answer is not a licence file. */
export function readLicenceBody(body: unknown): LicenceFile | null {
  const read = licenceBody.safeParse(body).data;
  if (!read) return null;
  const bytes =
    read.encoding === 'base64' && read.content ? Buffer.from(read.content, 'base64').subarray(0, licenceBytes) : null;
  // Streaming mode drops a character that is cut in half at the end.
  const text = bytes && new TextDecoder().decode(bytes, { stream: true });
  return { sha: read.sha, path: read.path, url: read.html_url ?? '', text };
}
