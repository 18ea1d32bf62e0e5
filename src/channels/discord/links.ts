// The links of a card: its buttons and its lines of evidence.
import type { Card } from '../../messages/card.ts';
import type { Language } from '../../messages/format.ts';
import { webAddress } from '../../messages/outside.ts';
import type { Story, StoryEvidence } from '../../types/story.ts';
import type { LinkButton } from './page.ts';
import { inline, namedLink } from './text.ts';

const buttonsMost = 4;
const evidenceMost = 3;

/** Discord rejects a whole message if the host in an address has no dot ("not a well formed URL"). */
export function linkable(address: URL): boolean {
  return address.hostname.includes('.');
}

/** Encodes characters that RFC 3986 does not allow: Discord may be stricter than browsers. */
export function strictHref({ href, origin }: URL): string {
  const place = href.slice(origin.length);
  return origin + place.replaceAll(/%(?![0-9a-f]{2})/gi, '%25').replaceAll(/[[\]|^`{}\\"<>]/g, encodeURIComponent);
}

type LinkName = keyof Language['texts']['links'];

function nameOf(kind: StoryEvidence['kind']): LinkName {
  switch (kind) {
    case 'model':
    case 'gated':
      return 'model';
    case 'weights':
      return 'weights';
    case 'licence':
      return 'licence';
    case 'release':
    case 'tag':
      return 'notes';
    case 'support':
      return 'pull';
    case 'quantised':
      return 'quantised';
    case 'entry':
    case 'link':
      return 'article';
    case 'repo':
    case 'code':
    case 'state':
      return 'repository';
  }
}

/** The name for the story's own address; a story without an artefact is an article. */
function ownName(story: Story): LinkName {
  if (story.sort === 'repository') return 'repository';
  if (story.sort === 'news' || story.subject === null) return 'article';
  return story.sort === 'model' ? 'model' : 'notes';
}

/** One button per name, the story's own first; none to an address that is gone. */
export function buttons(story: Story, card: Card, language: Language): readonly LinkButton[] {
  const made = new Map<LinkName, LinkButton>();
  const seen = new Set<string>();
  const own: readonly (readonly [LinkName, string])[] = [[ownName(story), card.url]];
  const shown = card.evidence.list.map(({ kind, url }) => [nameOf(kind), url] as const);
  for (const [name, url] of [...own, ...shown]) {
    const address = webAddress(url);
    const gone = card.tone === 'gone' && url === card.url;
    if (address === null || gone || !linkable(address)) continue;
    const href = strictHref(address);
    if (href.length > 512) continue;
    // The model's page and its weights are at the same address.
    const key = name === 'weights' && made.has('model') ? 'model' : name;
    if (made.has(key) || seen.has(href)) continue;
    seen.add(href);
    made.set(key, { type: 2, style: 5, label: language.texts.links[key], url: href });
  }
  return [...made.values()].slice(0, buttonsMost);
}

/** The newest evidence for each name: `[Weights · huggingface.co](…) @ 9f1c2d3e4`. */
export function evidenceLines(card: Card, language: Language): readonly string[] {
  const lines = new Map<string, string>();
  for (const { url, revision, kind } of card.evidence.list.toReversed()) {
    const name = nameOf(kind);
    const link = namedLink(language.texts.links[name], url);
    if (link === null || lines.has(name)) continue;
    const at = revision === undefined ? '' : ` @ ${inline(revision, 10).replace(/…$/, '')}`;
    lines.set(name, `${link}${at}`);
  }
  return [...lines.values()].slice(0, evidenceMost);
}

/** One piece of evidence in full: `[Article · lab.test](…) <t:…:d> "title"`. */
export function evidenceLine({ url, revision, kind, title, at }: StoryEvidence, language: Language): string {
  const link = namedLink(language.texts.links[nameOf(kind)], url) ?? inline(url, 300);
  const rev = revision === undefined ? '' : ` @ ${inline(revision, 41)}`;
  return `${link}${rev} <t:${Math.floor(Date.parse(at) / 1_000)}:d> ${inline(title, 200)}`.trimEnd();
}
