// The source of the walk tests: the next look finds what was put into it.
import type { Source } from '../../../src/sources/define.ts';
import type { Fresh, Kind, Observation, PollResult } from '../../../src/types/core.ts';
import { fresh } from '../pipeline.ts';
import { because } from '../reasons.ts';

export interface Answers {
  readonly put: (name: string, result: PollResult) => void;
  readonly answer: (name: string) => PollResult;
  /** The number of looks so far. */
  readonly looks: () => number;
  readonly looked: () => void;
}

export function openAnswers(): Answers {
  const answers = new Map<string, PollResult>();
  let looks = 0;
  return {
    put: (name, result) => {
      answers.set(name, result);
    },
    answer: (name) =>
      answers.get(name) ?? {
        kind: 'later',
        reason: because('nothing was put here'),
        afterMs: null,
      },
    looks: () => looks,
    looked: () => {
      looks += 1;
    },
  };
}

export function sourceOf(answers: Answers): Source {
  return {
    kind: 'answers',
    batch: 100,
    pool: () => 'answers',
    read: (look) => answers.answer(look.target.address),
    poll: async (looks) => {
      answers.looked();
      return {
        results: new Map(looks.map((look) => [look.target.id, answers.answer(look.target.address)])),
        spent: [],
      };
    },
  };
}

function observed(name: string, key: string, kind: Kind, over: Partial<Observation>): Observation {
  const about = `answers:${name}`;
  return {
    targetId: about,
    key,
    fingerprint: key,
    kind,
    sort: 'thing',
    about,
    subject: null,
    title: name,
    url: `https://answers.example/${name}`,
    publishedAt: null,
    lang: null,
    text: null,
    facts: {},
    ...over,
  };
}

export function release(name: string, tag: string, over: Partial<Observation> = {}): Observation {
  const place = { about: `answers:${name}@${tag}`, url: `https://answers.example/${name}/${tag}` };
  return observed(name, `release:${tag}`, 'release', { subject: tag, title: tag, ...place, ...over });
}

/** Releases with these tags, newest first. */
export function releases(name: string, ...tags: readonly string[]): readonly Observation[] {
  return tags.map((tag) => release(name, tag));
}

export function repo(name: string): Observation {
  return observed(name, 'repo', 'repo', {});
}

export function licence(name: string, value: string): Observation {
  return observed(name, 'licence', 'licence', { sort: 'trait', fingerprint: value, facts: { licence: value } });
}

export function entry(name: string, key: string, over: Partial<Observation> = {}): Observation {
  const place = { about: `answers:${name}#${key}`, url: `https://answers.example/${name}/${key}` };
  return observed(name, key, 'entry', { title: key, ...place, ...over });
}

/** What the next look at a target finds; newest first, and a window of the newest items unless stated otherwise. */
export function sees(observations: readonly Observation[], over: Partial<Fresh> = {}): Fresh {
  return fresh(observations, over);
}

export const absent: Fresh = fresh([], { there: false, window: 'all' });
