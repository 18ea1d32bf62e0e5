// The channel of the walk tests: a box that keeps what is sent to it, in order of arrival.
import type { Channel, Draft, OutgoingPage } from '../../../src/channels/define.ts';
import type { Json } from '../../../src/types/core.ts';
import type { Outcome } from '../../../src/types/delivery.ts';
import type { Life } from './life.ts';

export interface Letter {
  readonly id: string;
  readonly outgoing: string;
  /** The current text; an edit replaces it. */
  readonly text: string;
  readonly replyTo: string | null;
}

export interface Box {
  /** True = a page that has arrived before is recognised by its id and not kept twice. */
  readonly exact: boolean;
  readonly letters: () => readonly Letter[];
  /** What arrived, edits included, in order; without recognised repeats. */
  readonly arrivals: () => readonly string[];
  /** All attempts, repeats included. */
  readonly attempts: () => readonly OutgoingPage[];
  /** Outcomes of the next sends; one with `sent` takes effect. */
  readonly answer: (...outcomes: readonly Outcome[]) => void;
  readonly take: (outgoing: OutgoingPage) => Outcome;
}

export function openBox(exact: boolean): Box {
  const letters = new Map<string, Letter>();
  const arrivals: string[] = [];
  const attempts: OutgoingPage[] = [];
  const planned: Outcome[] = [];
  return {
    exact,
    letters: () => [...letters.values()],
    arrivals: () => arrivals,
    attempts: () => attempts,
    answer: (...outcomes) => {
      planned.push(...outcomes);
    },
    take: (outgoing) => {
      attempts.push(outgoing);
      const instead = planned.shift();
      if (instead !== undefined && instead.kind !== 'sent') return instead;
      const text = String(outgoing.page);
      if (outgoing.to !== null && 'edit' in outgoing.to) {
        const letter = letters.get(outgoing.to.edit);
        if (letter === undefined) return { kind: 'dead', reason: { code: 'message.deleted', params: {} }, gone: false };
        arrivals.push(`now: ${text}`);
        letters.set(letter.id, { ...letter, text });
        return { kind: 'sent', messageId: letter.id };
      }
      const known = exact ? [...letters.values()].find((letter) => letter.outgoing === outgoing.id) : undefined;
      if (known !== undefined) return { kind: 'sent', messageId: known.id };
      arrivals.push(text);
      const id = String(letters.size + 1);
      letters.set(id, { id, outgoing: outgoing.id, text, replyTo: outgoing.to === null ? null : outgoing.to.reply });
      return { kind: 'sent', messageId: id };
    },
  };
}

function textsOf(draft: Draft): readonly string[] {
  switch (draft.form) {
    case 'card': {
      const parts = draft.story.items.map((item) => item.title);
      const licence = draft.story.known.licence ?? null;
      return [[draft.story.name, ...parts, ...(licence === null ? [] : [`(${licence})`])].join(' ')];
    }
    case 'reply':
      return [
        `${draft.story.name}: ${draft.turns.map(({ turn, detail }) => `${turn} ${detail ?? ''}`.trim()).join(', ')}`,
      ];
    case 'group': {
      // Ten items per page, so that a group has several pages.
      const pages = Array.from({ length: Math.ceil(draft.items.length / 10) }, (_, page) =>
        draft.items.slice(page * 10, page * 10 + 10),
      );
      return pages.map((items) => `${draft.title}: ${items.map((item) => item.title).join(', ')}`);
    }
    case 'digest':
      return ['digest'];
    case 'notice':
      return [`${draft.title}: ${draft.text}`];
  }
}

/** The worker may be killed before a page arrives, or after it arrived but before its outcome is known. */
export function channelOf(box: Box, now: () => number, life?: Life): Channel {
  return {
    kind: 'box',
    edits: true,
    pages: (draft): readonly Json[] => textsOf(draft),
    send: async (outgoing) => {
      if (outgoing.doubtSince !== null && Date.parse(outgoing.doubtSince) > now())
        throw new Error('a doubt from the future');
      life?.step();
      const outcome = box.take(outgoing);
      life?.step();
      return outcome;
    },
  };
}
