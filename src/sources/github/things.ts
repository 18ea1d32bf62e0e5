// Releases and tags as observations. Pure.
import type { Observation, Target } from '../../types/core.ts';
import { type Release, type RepositoryDocument, spellTag, type Tag } from './document.ts';
import { withAbsoluteLinks } from './notes.ts';

const unseen = 'unseen';

export function fingerprintRelease({ tag, name, prerelease }: Pick<Release, 'tag' | 'name' | 'prerelease'>): string {
  return `${prerelease ? 'prerelease' : 'release'} ${tag} ${name ?? ''}`.trim();
}

/** A tag's fingerprint. One first seen without its commit keeps `unseen` until it moves away from the commit learned later. */
export function pin(unpinned: Record<string, string | null>, tag: Tag): string {
  if (tag.commit === null) {
    unpinned[tag.name] = null;
    return unseen;
  }
  if (!Object.hasOwn(unpinned, tag.name)) return tag.commit;
  if (unpinned[tag.name] === null) {
    unpinned[tag.name] = tag.commit;
    return unseen;
  }
  if (unpinned[tag.name] === tag.commit) return unseen;
  delete unpinned[tag.name];
  return tag.commit;
}

const prereleaseWords: ReadonlySet<string> = new Set(['rc', 'alpha', 'beta', 'dev', 'nightly', 'preview', 'pre']);

/** Whether a tag's name alone marks a prerelease: by a word such as `rc`, or in the form of Semantic Versioning. */
export function namesPrerelease(tag: string): boolean {
  const parts = tag.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  // A prefix is the name of a package: `pkg@1.2.3-0`, `lib/v1.2.3-0`.
  const version = tag.slice(Math.max(tag.lastIndexOf('@'), tag.lastIndexOf('/')) + 1);
  return parts.some((part) => prereleaseWords.has(part)) || /^v?\d{1,9}\.\d{1,9}\.\d{1,9}-[0-9a-z]/i.test(version);
}

interface TagSeen {
  readonly tag: Tag;
  readonly fingerprint: string;
  readonly quiet: boolean;
}

/**
 * Every tag is observed, so that a moved tag is noticed, and a tag is already known when its release is deleted.
 * `quiet`: the tag has a release, which is told instead, or it is an old one that came into view.
 */
export function observeTag(
  target: Target,
  document: RepositoryDocument,
  { tag, fingerprint, quiet }: TagSeen,
): Observation {
  return {
    targetId: target.id,
    key: `tag:${tag.name}`,
    fingerprint,
    kind: 'tag',
    sort: quiet ? 'trait' : 'thing',
    about: `${target.id}@${tag.name}`,
    subject: tag.name,
    title: tag.name,
    url: spellTag(document.server, document.name, tag.name),
    publishedAt: null,
    lang: null,
    text: null,
    facts: {
      tag: tag.name,
      ...(tag.commit === null ? {} : { commit: tag.commit }),
      ...(namesPrerelease(tag.name) ? { prerelease: true } : {}),
    },
  };
}

/** `known`: the tag that the release is known by; differs from its own where that was corrected. */
export function observeRelease(
  target: Target,
  document: RepositoryDocument,
  release: Release,
  known: string,
): Observation {
  const repository = `${document.server}/${document.name}`;
  return {
    targetId: target.id,
    // The tag, not GitHub's id: REST, GraphQL and feeds all give it, and a release recreated under its tag is the same release.
    key: `release:${known}`,
    fingerprint: fingerprintRelease({ ...release, tag: known }),
    kind: 'release',
    sort: 'thing',
    about: `${target.id}@${known}`,
    subject: release.tag,
    title: release.name ?? release.tag,
    url: release.url,
    publishedAt: release.publishedAt,
    lang: null,
    text: release.text === null ? null : withAbsoluteLinks(release.text, repository, release.tag, release.url),
    facts: {
      tag: release.tag,
      prerelease: release.prerelease,
      ...(release.commit === null ? {} : { commit: release.commit }),
    },
  };
}
