// The channel of the walk tests: a box that keeps what was put into it, in the order in which it arrived.
import type { Channel, Draft, OutgoingPage } from '../../../src/channels/define.ts';
import type { Json } from '../../../src/types/core.ts';
import type { Outcome } from '../../../src/types/delivery.ts';
import type { Life } from './life.ts';

export interface Letter {
  readonly id: string;
  readonly outgoing: string;
  /** What it says now; an edit writes it anew. */
  readonly text: string;
  readonly replyTo: string | null;
}

export interface Box {
  /** True: a outgoing that was there already is known by its id and not put in twice. */
  readonly exact: boolean;
  readonly letters: () => readonly Letter[];
  /** What arrived, edits too, in the order of arrival; what was known by its id did not. */
  readonly arrivals: () => readonly string[];
  /** Attempts, the repeated ones too. */
  readonly attempts: () => readonly OutgoingPage[];
  /** The next sends end like this instead; an outcome that is `sent` takes effect. */
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
      // Ten to a page, so that a group has several.
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

/** A life may end before a outgoing arrives, and after it arrived without a word of it. */
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
