// Takes one observation into a story: its name, stage, facts, items and evidence. Pure.

import type { Facts, Iso, Kind, Observation } from '../types/core.ts';
import type { Stage, Story, StoryItem } from '../types/story.ts';
import type { Reading } from './reading.ts';

const ranks: readonly Stage[] = ['reported', 'pledged', 'seen', 'released'];
const evidenceKept = 24;
const itemsKept = 200;
const textKept = 4_000;

export function higher(one: Stage, other: Stage): Stage {
  return ranks.indexOf(one) >= ranks.indexOf(other) ? one : other;
}

/** The stage that a single observation of this kind proves. */
function stageOf(kind: Kind): Stage {
  switch (kind) {
    case 'weights':
    case 'release':
    case 'tag':
      return 'released';
    case 'model':
    case 'repo':
    case 'code':
    case 'licence':
    case 'gated':
    case 'state':
    case 'quantised':
      return 'seen';
    case 'support':
    case 'entry':
    case 'link':
      return 'reported';
  }
}

export function sortOf(kind: Kind): Story['sort'] | null {
  switch (kind) {
    case 'model':
    case 'weights':
    case 'gated':
    case 'quantised':
      return 'model';
    case 'release':
    case 'tag':
      return 'software';
    case 'repo':
    case 'code':
      return 'repository';
    case 'support':
    case 'entry':
    case 'link':
      return 'news';
    case 'licence':
    case 'state':
      return null;
  }
}

export function isModelKey(key: string): boolean {
  return key.startsWith('model:');
}

/** A software story that has a tag but no release yet. */
export function isBareTag({ sort, evidence }: Pick<Story, 'sort' | 'evidence'>): boolean {
  return (
    sort === 'software' &&
    evidence.some(({ kind }) => kind === 'tag') &&
    !evidence.some(({ kind }) => kind === 'release')
  );
}

/** `~7` after an address marks a different thing that took over an old name; people see only the name. */
function plainName(about: string): string {
  return about
    .slice(about.indexOf(':') + 1)
    .replace(/~\w*/, '')
    .replace('@', ' ');
}

/** `Grok 2` for a model whose name was read, `o/r v1` for what has an address, the title for news. */
function nameOf(key: string, observation: Observation, reading: Reading): string {
  if (isModelKey(key)) return reading.name ?? observation.title;
  return sortOf(observation.kind) === 'news' ? observation.title : plainName(key);
}

/** A licence is replaced as a whole: the name of the old one must not stay beside the identifier of the new one. */
const licenceFacts: ReadonlySet<string> = new Set([
  'licence',
  'licences',
  'licenceName',
  'licenceLink',
  'licenceText',
  'licenceTextUrl',
  'licenceTexts',
  'licenceTags',
]);

/** Keeps the latest look at each data set. */
function dataLooks({ dataLooks: before = [] }: Facts, { dataLooks: after }: Facts): Pick<Facts, 'dataLooks'> {
  if (after === undefined) return {};
  const looked = new Set(after.map(({ id }) => id));
  return { dataLooks: [...before.filter(({ id }) => !looked.has(id)), ...after] };
}

function merge(known: Facts, facts: Facts): Facts {
  if (facts.licence === undefined) return { ...known, ...facts, ...dataLooks(known, facts) };
  const kept = Object.fromEntries(Object.entries(known).filter(([name]) => !licenceFacts.has(name)));
  const sameLicence =
    known.licence === facts.licence && known.licenceName === facts.licenceName && facts.licenceText === undefined;
  const text = sameLicence && known.licenceText !== undefined ? { licenceText: known.licenceText } : {};
  const textUrl = sameLicence && known.licenceTextUrl !== undefined ? { licenceTextUrl: known.licenceTextUrl } : {};
  return { ...kept, ...text, ...textUrl, ...facts };
}

function itemOf(observation: Observation): StoryItem {
  return { key: observation.about, title: observation.title, url: observation.url, at: observation.publishedAt };
}

function withItem(items: readonly StoryItem[], item: StoryItem): readonly StoryItem[] {
  return [...items.filter((known) => known.key !== item.key), item].slice(-itemsKept);
}

interface Opening {
  readonly id: string;
  readonly key: string;
  readonly observation: Observation;
  readonly reading: Reading;
  readonly now: Iso;
}

export function openStory({ id, key, observation, reading, now }: Opening): Story {
  const model = isModelKey(key);
  return {
    id,
    key,
    scope: 'file',
    sort: model ? 'model' : (sortOf(observation.kind) ?? 'repository'),
    name: nameOf(key, observation, reading),
    lab: reading.lab,
    family: model ? reading.family : null,
    subject: null,
    stage: stageOf(observation.kind),
    releasedAt: null,
    revision: 0,
    openedAt: now,
    updatedAt: now,
    nextAt: null,
    url: observation.url,
    publishedAt: null,
    lang: observation.lang,
    text: null,
    items: [],
    parts: [],
    spread: { count: 0, latest: [] },
    audience: [],
    marks: [],
    mergedInto: null,
    openness: null,
    pledge: null,
    evidence: [],
    known: {},
  };
}

function withEvidence(story: Story, observation: Observation, now: Iso): Story['evidence'] {
  if (story.evidence.some((known) => known.url === observation.url && known.kind === observation.kind))
    return story.evidence;
  const revision = observation.facts.revision === undefined ? {} : { revision: observation.facts.revision };
  const { url, title, kind, lang } = observation;
  return [...story.evidence, { url, at: now, title, kind, lang, ...revision }].slice(-evidenceKept);
}

/** Whether the card describes this artefact: weights before code, else the first one seen. */
function isSubject(story: Story, observation: Observation): boolean {
  if (story.subject === null || story.subject === observation.about) return true;
  const weighed = story.known.files !== undefined;
  return observation.kind === 'weights' && !weighed;
}

/** A lab's name in an account that is not known to be the lab's: 'seen', never 'released', until somebody vouches for it. */
function stageWith(story: Story, { kind, facts }: Observation): Stage {
  const proved = stageOf(kind);
  const was = story.known.unvouched ?? null;
  const strange = facts.unvouched === undefined ? was : facts.unvouched;
  if (strange !== null && proved === 'released') return higher(story.stage, 'seen');
  const weighed = story.evidence.some((known) => known.kind === 'weights');
  return higher(story.stage, was !== null && strange === null && weighed ? 'released' : proved);
}

/** A release whose tag was corrected is named after the new tag. */
function corrected({ key }: Story, { about, kind, facts }: Observation): { readonly name?: string } {
  if (kind !== 'release' || facts.tag === undefined || about !== key || key.endsWith(`@${facts.tag}`)) return {};
  return { name: `${plainName(key.slice(0, key.lastIndexOf('@')))} ${facts.tag}` };
}

/** The key under which a story remembers a quantised copy, one per format; null for anything else. */
export function packedPart({ kind, facts }: Observation): string | null {
  return kind === 'quantised' && facts.quantised !== undefined ? `quantised ${facts.quantised.format}` : null;
}

/** The story with one more observation in it; the same observation twice changes nothing. */
export function absorb(story: Story, observation: Observation, reading: Reading, now: Iso): Story {
  const packed = packedPart(observation);
  // A copy by somebody else is evidence that it exists, but says nothing about the model itself. One per format is enough.
  if (packed !== null && story.parts?.includes(packed) === true) return story;
  if (packed !== null)
    return { ...story, evidence: withEvidence(story, observation, now), parts: [...(story.parts ?? []), packed] };
  const sort = sortOf(observation.kind);
  const evidence = withEvidence(story, observation, now);
  const stage = stageWith(story, observation);
  const lang = story.lang ?? observation.lang;
  const seen: Story = { ...story, evidence, stage, lang };
  if (sort === 'news') {
    const text = story.subject === null ? (observation.text?.slice(0, textKept) ?? story.text) : story.text;
    const publishedAt = story.subject === null ? (story.publishedAt ?? observation.publishedAt) : story.publishedAt;
    return { ...seen, text, publishedAt };
  }
  const part = (observation.kind === 'release' || observation.kind === 'tag') && observation.about !== story.key;
  if (part) return { ...seen, items: withItem(story.items, itemOf(observation)) };
  if (!isSubject(seen, observation)) {
    return observation.kind === 'model' || observation.kind === 'weights'
      ? { ...seen, items: withItem(story.items, itemOf(observation)) }
      : seen;
  }
  const changed = story.subject !== null && story.subject !== observation.about;
  const sized = isModelKey(story.key) && (observation.kind === 'model' || observation.kind === 'weights');
  const named = isModelKey(story.key) ? { name: reading.name ?? story.name } : corrected(story, observation);
  return {
    ...seen,
    ...named,
    sort: isModelKey(story.key)
      ? 'model'
      : sort === 'model' || (sort !== null && story.sort !== 'model')
        ? (sort ?? story.sort)
        : story.sort,
    lab: story.lab ?? reading.lab,
    subject: observation.about,
    items: sized ? withItem(story.items, itemOf(observation)) : story.items,
    url: observation.url,
    publishedAt: observation.publishedAt ?? (story.subject === null ? null : story.publishedAt),
    text: observation.text?.slice(0, textKept) ?? (story.subject === null ? null : story.text),
    known: changed ? observation.facts : merge(story.known, observation.facts),
  };
}

/** Counts one more derivative by somebody else. */
export function spreadBy(story: Story, observation: Observation): Story {
  const item = itemOf(observation);
  if (story.spread.latest.some((known) => known.key === item.key)) return story;
  return { ...story, spread: { count: story.spread.count + 1, latest: [...story.spread.latest, item].slice(-50) } };
}
