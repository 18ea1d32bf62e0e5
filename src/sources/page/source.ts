// Pages: the links that a CSS selector finds. A selector that finds nothing is an error to mend, never "nothing there".
import { z } from 'zod';
import type { Look, Observation, PollResult, RecordedAnswer, Spent, Target } from '../../types/core.ts';
import type { AddressReading, PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { decode } from '../document/decode.ts';
import * as document from '../document/get.ts';
import { digest, hangulShare } from '../document/text.ts';
import type { FoundLink } from './find.ts';
import { selectorProblem } from './selector.ts';

const cursorShape = z.object({
  ...document.validatorsShape,
  hash: z.string().nullable().catch(null),
});
type Cursor = z.infer<typeof cursorShape>;

const accept = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5';

export const page: SourceKind = {
  kind: 'page',
  events: [],
  options: {
    select: z.string().trim().min(1).meta({ description: 'CSS selector of the links to watch.' }),
    include: z.string().optional(),
    exclude: z.string().optional(),
  },
  address: readAddress,
  floorMs: 15 * 60_000,
  open: (world: SourceWorld): Source => ({
    kind: 'page',
    expectsNews: true,
    batch: 20,
    pool: (target) => document.hostPool(target.address),
    poll: (looks, context) => document.pollByHost(looks, context, (look, spent) => lookAt(world, look, context, spent)),
    read: (look, answer) => {
      const before = document.cursorOf(cursorShape, look.cursor);
      return read(look, answer, before, before ?? document.noValidators, null);
    },
  }),
};

function readAddress(written: string, entry: Readonly<Record<string, unknown>>): AddressReading {
  const address = document.webAddress(written);
  if (address === null)
    return {
      problem: `${written.trim() || 'an empty text'} is not the address of a page`,
      hint: 'write it in full: https://example.org/news',
    };
  const { select } = entry;
  if (typeof select !== 'string' || select.trim() === '')
    return {
      problem: 'a page needs a `select`',
      hint: `a CSS selector of the links to watch: select: "a[href^='/news/']"`,
    };
  const problem = selectorProblem(select);
  if (problem !== null)
    return { problem: `\`select\` is not a CSS selector: ${problem}`, hint: `an example: select: "a[href^='/news/']"` };
  const shape = select.trim();
  return { target: { id: `page:${address}#${shape}`, source: 'page', address, shape } };
}

async function lookAt(world: SourceWorld, look: Look, context: PollContext, spent: Spent[]): Promise<PollResult> {
  const before = document.cursorOf(cursorShape, look.cursor);
  const reach = look.strict === true ? 'strict' : 'public';
  const asked = { address: look.target.address, validators: before, accept, reach } as const;
  const got = await document.getDocument(world.http, asked, context, spent);
  if (got.kind === 'later' || got.kind === 'broken') return got;
  if (got.kind === 'unchanged') return { kind: 'same', cursor: look.cursor, restMs: got.restMs };
  const answer: RecordedAnswer = { type: 'html', body: decode(got.bytes, got.contentType), url: got.url };
  return read(look, answer, before, got.validators, got.restMs);
}

async function read(
  look: Look,
  answer: RecordedAnswer,
  before: Cursor | null,
  validators: document.Validators,
  restMs: number | null,
): Promise<PollResult> {
  const { findLinks } = await import('./find.ts');
  const found = findLinks(answer.body, answer.url, look.target.shape ?? 'a[href]');
  switch (found.kind) {
    case 'unreadable':
      return { kind: 'broken', reason: found.reason };
    case 'nothing':
      return {
        kind: 'broken',
        reason:
          before === null
            ? neverFound(found.links)
            : 'the page no longer has what `select` finds (redesigned, or it refuses us)',
      };
    case 'no links':
      return { kind: 'broken', reason: '`select` finds elements, but no links in them; select the `a` elements' };
    case 'links': {
      const observations = found.links.map((link) => observationOf(link, look.target, found.lang));
      const hash = digest(
        observations
          .map((one) => one.key)
          .sort()
          .join('\n'),
      );
      const { etag, lastModified, moved } = validators;
      const cursor = { etag, lastModified, moved, hash } satisfies Cursor;
      if (hash === before?.hash) return { kind: 'same', cursor, restMs };
      return {
        kind: 'fresh',
        there: true,
        observations,
        cursor,
        gone: [],
        window: 'newest',
        found: [],
        answer,
        restMs,
      };
    }
  }
}

const neverFound = (links: number): string =>
  links < 5
    ? `\`select\` finds nothing, and the page has only ${links} links: it may be built in the browser; try its feed or its sitemap`
    : `\`select\` finds nothing among the ${links} links of the page; correct it`;

function observationOf({ link, same, title }: FoundLink, target: Target, lang: string | null): Observation {
  return {
    targetId: target.id,
    key: same,
    // Captions on pages carry dates and counters; only another link is news.
    fingerprint: digest(same),
    kind: 'link',
    sort: 'thing',
    about: `link:${same}`,
    subject: link,
    title,
    url: link,
    publishedAt: null,
    lang: hangulShare(title) >= 0.3 ? 'ko' : lang,
    text: null,
    facts: {},
  };
}
