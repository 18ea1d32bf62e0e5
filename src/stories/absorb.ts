// Taking one observation into a story: its name, stage, facts, items and evidence. Pure.
import type { Facts, Iso, Kind, Observation, Stage, Story, StoryItem } from '../types.ts';

const ranks: readonly Stage[] = ['reported', 'pledged', 'seen', 'released'];
const evidenceKept = 24;

export function higher(one: Stage, other: Stage): Stage {
  return ranks.indexOf(one) >= ranks.indexOf(other) ? one : other;
}

/** How far an observation alone proves a story to be. */
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
      return 'seen';
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
      return 'model';
    case 'release':
    case 'tag':
      return 'software';
    case 'repo':
    case 'code':
      return 'repository';
    case 'entry':
    case 'link':
      return 'news';
    case 'licence':
    case 'state':
      return null;
  }
}

/** `github:o/r@v1` → `o/r v1`; news goes by its title. */
export function nameOf(observation: Observation): string {
  if (sortOf(observation.kind) === 'news') return observation.title;
  return observation.about.slice(observation.about.indexOf(':') + 1).replace('@', ' ');
}

/** A licence is replaced as a whole: no name of the old one may stay beside the identifier of the new one. */
const licenceFacts = ['licence', 'licences', 'licenceName', 'licenceLink', 'licenceText', 'licenceTextUrl'] as const;

function merge(known: Facts, observation: Observation): Facts {
  const facts = observation.facts;
  if (facts.licence === undefined) return { ...known, ...facts };
  const kept = Object.fromEntries(Object.entries(known).filter(([name]) => !(licenceFacts as readonly string[]).includes(name)));
  const textKept = known.licence === facts.licence && known.licenceName === facts.licenceName && facts.licenceText === undefined;
  const text = textKept && known.licenceText !== undefined ? { licenceText: known.licenceText } : {};
  const textUrl = textKept && known.licenceTextUrl !== undefined ? { licenceTextUrl: known.licenceTextUrl } : {};
  return { ...kept, ...text, ...textUrl, ...facts };
}

function itemOf(observation: Observation): StoryItem {
  return { key: observation.key, title: observation.title, url: observation.url, at: observation.publishedAt };
}

/** Whether the observation is a part (a release) that the story lists rather than its subject. */
function isPart(story: Story, observation: Observation): boolean {
  return (observation.kind === 'release' || observation.kind === 'tag') && observation.about !== story.key;
}

export function openStory(id: string, key: string, observation: Observation, now: Iso): Story {
  return {
    id, key, scope: 'file', sort: sortOf(observation.kind) ?? 'repository', name: nameOf({ ...observation, about: key }), lab: null,
    stage: stageOf(observation.kind), revision: 0, openedAt: now, updatedAt: now, nextAt: null, url: observation.url,
    publishedAt: null, lang: observation.lang, text: null, items: [], audience: [], marks: [], mergedInto: null, openness: null,
    pledge: null, evidence: [], known: {},
  };
}

/** The story with one more observation in it; the same observation twice changes nothing. */
export function absorb(story: Story, observation: Observation, now: Iso): Story {
  const part = isPart(story, observation);
  const sort = sortOf(observation.kind);
  const subject = !part && sort !== null && (sort === story.sort || story.sort === 'repository' || observation.kind === 'model');
  const news = sort === 'news' && story.sort !== 'news';
  const evidence = story.evidence.some((known) => known.url === observation.url && known.kind === observation.kind)
    ? story.evidence
    : [
        ...story.evidence,
        {
          url: observation.url,
          at: now,
          title: observation.title,
          kind: observation.kind,
          lang: observation.lang,
          ...(observation.facts.revision === undefined ? {} : { revision: observation.facts.revision }),
        },
      ].slice(-evidenceKept);
  return {
    ...story,
    sort: subject && sort !== null ? sort : story.sort,
    stage: higher(story.stage, stageOf(observation.kind)),
    url: subject && !news ? observation.url : story.url,
    publishedAt: subject && observation.publishedAt !== null ? observation.publishedAt : story.publishedAt,
    lang: story.lang ?? observation.lang,
    text: subject && observation.text !== null ? observation.text.slice(0, 4_000) : story.text,
    items: part ? [...story.items.filter((item) => item.key !== observation.key), itemOf(observation)] : story.items,
    known: part || news ? story.known : merge(story.known, observation),
    evidence,
  };
}
