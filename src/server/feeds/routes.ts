// /feed.atom and /feed.json: the stories changed last, of all labs or one, of all stages or one. Also /opml and /calendar.ics.
import { Hono } from 'hono';
import { watchedFeeds } from '../../reports/feeds.ts';
import { changesPage } from '../../reports/listing.ts';
import { promiseReport } from '../../reports/promises.ts';
import type { Story } from '../../types/story.ts';
import { viewOf } from '../board/routes.ts';
import { type BoardView, href } from '../board/view.ts';
import { problemJson } from '../problem.ts';
import { answerKept, type Bindings, originOf, type Serving, type WebRequest } from '../world.ts';
import { entryOf } from './entries.ts';
import { atomFeed, type FeedHead, jsonFeed, opml } from './write.ts';

const entriesAtMost = 50;
const stages: readonly Story['stage'][] = ['reported', 'pledged', 'seen', 'released'];

const formats = {
  '/feed.atom': { type: 'application/atom+xml; charset=utf-8', write: atomFeed },
  '/feed.json': { type: 'application/feed+json; charset=utf-8', write: jsonFeed },
} as const;

function headOf(view: BoardView, origin: string, lab: string | null, stage: string | null): FeedHead {
  const parts = [lab, stage === null ? null : view.language.texts.stages[stage as Story['stage']]].filter(
    (part) => part !== null,
  );
  return {
    id: ['urn:landfall:feed', ...(lab === null ? [] : ['lab', lab]), ...(stage === null ? [] : ['stage', stage])]
      .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
      .join(':'),
    title: ['Landfall', ...parts].join(' · '),
    description: view.words.tagline,
    self: `${origin}${href(view, view.path, { lab, stage })}`,
    home: `${origin}${href(view, '/', { lab })}`,
    language: view.language.locale,
  };
}

export function createFeeds(serving: Serving): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  const answer = async (ask: WebRequest, path: keyof typeof formats): Promise<Response> => {
    const view = viewOf(serving, ask, ['lab', 'stage']);
    const lab = view.query.get('lab');
    const written = view.query.get('stage');
    const stage = stages.find((one) => one === written) ?? null;
    if (written !== null && stage === null) return problemJson(ask, 400, `stage is one of ${stages.join(', ')}`);
    const origin = originOf(serving, ask);
    const { type, write } = formats[path];
    const kept = await serving.cache.get(`${origin} ${view.language.locale} ${path}?${view.query}`, async () => {
      const filter = { ...(lab === null ? {} : { lab }), ...(stage === null ? {} : { stage }) };
      const stories = await changesPage(serving.db, filter, entriesAtMost);
      const entries = stories.map((story) => entryOf(story, origin, view.language));
      return { type, body: write(headOf(view, origin, lab, stage), entries) };
    });
    return kept === null ? problemJson(ask, 404, 'there is no such feed') : answerKept(ask, kept);
  };
  app.get('/feed.atom', (ask) => answer(ask, '/feed.atom'));
  app.get('/feed.json', (ask) => answer(ask, '/feed.json'));
  app.get('/opml', async (ask) => {
    const origin = originOf(serving, ask);
    const kept = await serving.cache.get(`${origin} opml`, async () => ({
      type: 'text/x-opml; charset=utf-8',
      body: opml('Landfall', `${origin}/feed.atom`, await watchedFeeds(serving.db)),
    }));
    return kept === null ? problemJson(ask, 404, 'there is no such list') : answerKept(ask, kept);
  });
  app.get('/calendar.ics', async (ask) => {
    const view = viewOf(serving, ask, []);
    const origin = originOf(serving, ask);
    const kept = await serving.cache.get(`${origin} ${view.language.locale} calendar`, async () => {
      const { promisesCalendar } = await import('./calendar.ts');
      const { overdue, open, kept: inTime, late, withdrawn } = await promiseReport(serving.db);
      const promises = [...overdue, ...open, ...inTime, ...late, ...withdrawn];
      return { type: 'text/calendar; charset=utf-8', body: promisesCalendar(promises, origin, view.language) };
    });
    return kept === null ? problemJson(ask, 404, 'there is no calendar') : answerKept(ask, kept);
  });
  return app;
}
