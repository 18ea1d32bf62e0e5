// Pages: the links that a CSS selector finds. A selector without matches is an error to fix, never an empty list.
import { z } from 'zod';
import type { PollResult } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import type { AddressReading, SourceKind } from '../define.ts';
import {
  cursorShape,
  type DocumentCursor,
  type DocumentReading,
  documentSource,
  hashOf,
  linkObservations,
  notAnAddress,
  resultOf,
} from '../document/document-source.ts';
import { webAddress } from '../document/get.ts';
import { identitiesOf } from '../document/sessions.ts';
import { nameFilters } from '../filters.ts';
import { selectorProblem } from './selector.ts';

export const page: SourceKind = documentSource({
  kind: 'page',
  options: {
    select: z.string().trim().min(1).meta({ description: 'CSS selector of the links to watch.' }),
    ...nameFilters,
    only: z.literal('models').optional(),
  },
  address: readAddress,
  accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5',
  type: 'html',
  cursor: z.object(cursorShape),
  read,
});

const example = "a[href^='/news/']";

function readAddress(written: string, entry: Readonly<Record<string, unknown>>): AddressReading {
  const address = webAddress(written);
  if (address === null) return notAnAddress('page', written, 'https://example.org/news');
  const { select } = entry;
  if (typeof select !== 'string' || select.trim() === '')
    return {
      problem: { code: 'address.select-missing', params: {} },
      help: { code: 'help.select-missing', params: { example } },
      about: 'select',
    };
  const problem = selectorProblem(select);
  if (problem !== null)
    return {
      problem: { code: 'address.select', params: { detail: problem } },
      help: { code: 'help.select', params: { example } },
      about: 'select',
    };
  const shape = select.trim();
  return { target: { id: `page:${address}#${shape}`, source: 'page', address, shape } };
}

async function read(reading: DocumentReading<DocumentCursor>): Promise<PollResult> {
  const { look, answer, before, validators } = reading;
  const { findLinks } = await import('./find.ts');
  const found = findLinks(answer.body, answer.url, look.target.shape ?? 'a[href]');
  switch (found.kind) {
    case 'unreadable':
      return { kind: 'broken', reason: found.reason };
    case 'nothing':
      return {
        kind: 'broken',
        reason: before === null ? neverFound(found.links) : { code: 'page.select-lost', params: {} },
      };
    case 'no links':
      return { kind: 'broken', reason: { code: 'page.select-no-links', params: {} } };
    case 'links': {
      const { of, plain, sessions } = identitiesOf(
        found.links.map(({ link }) => link),
        before?.sessions ?? {},
      );
      const observations = linkObservations(
        found.links.map(({ link, title }) => ({
          link: plain(link),
          same: of(link),
          title,
          publishedAt: null,
          lang: found.lang,
        })),
        look.target,
      );
      const { etag, lastModified, moved } = validators;
      const hash = hashOf(observations.map((one) => one.key));
      return resultOf(reading, { etag, lastModified, moved, hash, sessions }, observations);
    }
  }
}

/** A page with fewer links is probably rendered in the browser. */
const linksAtLeast = 5;

const neverFound = (links: number): LookReason => ({
  code: links < linksAtLeast ? 'page.select-nothing-few' : 'page.select-nothing',
  params: { links },
});
