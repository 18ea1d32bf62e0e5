// `/models/KEY`: the openness card with the evidence for every line, what happened, derivatives, and popularity.
import { html } from 'hono/html';
import { stageText } from '../../messages/card.ts';
import { fill } from '../../messages/fill.ts';
import { plainNotes } from '../../messages/notes.ts';
import { turnText } from '../../messages/turns.ts';
import { verdictOf } from '../../reports/answers.ts';
import type { SpreadSeries } from '../../reports/spread.ts';
import { landedAt } from '../../store/brief.ts';
import type { Mark, Story } from '../../types/story.ts';
import { figure } from './charts/figure.ts';
import { promisesChart } from './charts/promises.ts';
import { spreadChart } from './charts/spread.ts';
import { type CardQuestion, factText, questionsOf, revisionText } from './facts.ts';
import { page } from './page.ts';
import { clipped, day, duration, type Html, moment, outward, part, table, verdictBadge } from './parts.ts';
import { byWhom, stateBadge, windowText } from './promises.ts';
import { type BoardView, href } from './view.ts';

export interface ModelReport {
  readonly story: Story;
  readonly spread: SpreadSeries;
  /** From publication to the first message that was delivered, in milliseconds; null = not known. */
  readonly delayMs: number | null;
}

const listed = 60;
const notesAtMost = 2_500;

function evidenceOf({ because }: CardQuestion['fact'], view: BoardView): Html {
  const revision = revisionText(because);
  return html`${outward(because.url, clipped(hostAndPath(because.url), 60), view)}${
    because.field === undefined ? '' : html` <code>${clipped(because.field, 40)}</code>`
  }${revision === null ? '' : html` <code title="${fill(view.words.model.revision, { revision })}">@${revision}</code>`}`;
}

function card(story: Story, view: BoardView): Html {
  const { openness } = story;
  if (openness === null) return part('');
  const questions = questionsOf(openness, view);
  const { words } = view;
  const columns = [
    { label: words.columns.question, classes: 'title' },
    { label: words.columns.answer, classes: 'answer' },
    { label: words.columns.how },
    { label: words.model.evidenceOf, classes: 'evidence' },
    { label: words.columns.read, classes: 'when' },
  ];
  const isKnown = ({ fact }: CardQuestion): boolean => fact.value !== 'unknown';
  const rows = questions
    .filter(isKnown)
    .map(({ name, label, fact }) => [
      label,
      factText(openness, name, fact, view),
      words.model.how[fact.how],
      evidenceOf(fact, view),
      day(fact.because.at, view),
    ]);
  const unknown = questions.filter((question) => !isKnown(question));
  const rest =
    unknown.length === 0
      ? ''
      : html`<p class="not-known"><span>${words.model.notKnown}:</span> ${unknown.map(
          ({ label, fact }, index) => html`${index === 0 ? '' : ', '}${outward(fact.because.url, label, view, 'fact')}`,
        )}</p>`;
  return html`<section id="card"><h2>${words.model.card}</h2>${rows.length === 0 ? '' : table(words.model.card, columns, rows, 'cards card')}${rest}</section>`;
}

function hostAndPath(url: string): string {
  const address = URL.parse(url);
  return address === null ? url : `${address.host}${address.pathname === '/' ? '' : address.pathname}`;
}

function timeline(story: Story, view: BoardView): Html {
  if (story.marks.length === 0) return part('');
  const entry = (mark: Mark): Html => {
    const text = clipped(turnText(story, mark, view.language), 200);
    return html`<li class="turn-${mark.turn.replaceAll(' ', '-')}">${moment(mark.at, view)}<span>${mark.url === null ? text : outward(mark.url, text, view)}</span></li>`;
  };
  return html`<section id="timeline"><h2>${view.words.model.timeline}</h2><ol class="timeline">${story.marks.toReversed().slice(0, listed).map(entry)}</ol></section>`;
}

interface LinkList {
  readonly title: string;
  readonly id: string;
  readonly list: Story['items'];
  readonly lead?: string | null;
}

function links({ title, id, list, lead = null }: LinkList, view: BoardView): Html {
  if (list.length === 0 && lead === null) return part('');
  return html`<section id="${id}"><h2>${title}</h2>${lead === null ? '' : html`<p class="about">${lead}</p>`}<ul class="links">${list
    .slice(0, listed)
    .map(
      ({ title: name, url, at }) =>
        html`<li>${outward(url, clipped(name), view)}${at === null ? '' : html` <span class="sub">${day(at, view)}</span>`}</li>`,
    )}</ul></section>`;
}

function evidence(story: Story, view: BoardView): Html {
  const list = story.evidence.toReversed().map(({ title, url, at }) => ({ key: url, title, url, at }));
  return links({ title: view.words.model.evidence, id: 'evidence', list }, view);
}

function promise(story: Story, view: BoardView): Html {
  const { pledge } = story;
  if (pledge === null) return part('');
  const { words } = view;
  return html`<section id="promise" class="pledge"><h2>${words.model.promise}</h2><p>${stateBadge({ pledge }, view)} ${byWhom({ pledge }, view)} · ${windowText({ pledge }, view)}</p></section>`;
}

function notes(story: Story, view: BoardView): Html {
  const text = story.text === null ? '' : plainNotes(story.text);
  if (text === '') return part('');
  const short = Array.from(text).slice(0, notesAtMost).join('');
  return html`<section id="notes"><h2>${view.words.model.notes}</h2><div class="notes"${story.lang === null ? '' : html` lang="${clipped(story.lang, 20)}"`}>${short}</div></section>`;
}

function keptAt(story: Story): string | null {
  return story.marks.findLast(({ turn }) => turn === 'kept' || turn === 'kept late')?.at ?? null;
}

export function modelPage(view: BoardView, { story, spread, delayMs }: ModelReport): Html {
  const { words, language } = view;
  const above = html`<p class="crumbs"><a href="${href(view, '/')}">${words.pages.landed.name}</a>${
    story.lab === null ? '' : html` / <a href="${href(view, '/', { lab: story.lab })}">${clipped(story.lab, 40)}</a>`
  }</p>`;
  const told = delayMs === null ? null : fill(words.model.told, { delay: duration(delayMs, view) });
  const lead = html`${verdictBadge(verdictOf(story), view)} ${stageText(story, language)} · ${day(landedAt(story), view)}${told === null ? '' : ` · ${told}`}`;
  const pledges = story.pledge === null ? [] : [{ story, pledge: story.pledge, keptAt: keptAt(story) }];
  const { count, latest } = story.spread;
  const derived = count === 0 ? null : language.count(words.model.derivativesSeen, count);
  const main = html`<p class="tools">${outward(story.url, clipped(hostAndPath(story.url), 80), view, 'button')}<a class="button quiet" href="/api/v1/models/${encodeURIComponent(story.key)}">JSON</a></p>
${promise(story, view)}
${card(story, view)}
<div class="charts">${figure(spreadChart(spread, view), view)}${figure(promisesChart(pledges, view, 'window'), view)}</div>
<div class="columns">
${timeline(story, view)}
${evidence(story, view)}
${story.items.length > 1 ? links({ title: words.model.items, id: 'items', list: story.items }, view) : ''}
${links({ title: words.model.derivatives, id: 'derivatives', list: latest.toReversed(), lead: derived }, view)}
</div>
${notes(story, view)}`;
  return page(view, { name: null, title: clipped(story.name), above, lead, main });
}
