// Every stage that one item went through, with the reason at each. Only reads.
import { withoutAddress } from '../infra/log.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { Db } from '../store/define.ts';
import { deliveriesOf } from '../store/deliveries.ts';
import { parentsOf } from '../store/finds.ts';
import { type Item, itemsLike } from '../store/items.ts';
import { readMeta } from '../store/meta.ts';
import { storiesLike, storyOfKey } from '../store/stories.ts';
import { allTargets, type TargetRow, targetsById } from '../store/targets.ts';
import { verdictsOn } from '../store/verdicts.ts';
import { watchesOn } from '../store/watches.ts';
import { dayIn } from '../stories/days.ts';
import { isAttested } from '../stories/pledges.ts';
import type { ReadObservation } from '../stories/reading.ts';
import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { outcomeOf } from '../types/reasons/verdicts.ts';
import type { Pledge, Story } from '../types/story.ts';

export interface WhyStage {
  readonly stage: 'look' | 'diff' | 'name' | 'verdict' | 'pledge' | 'story' | 'plan' | 'delivery';
  readonly at: Iso | null;
  readonly text: string;
  /** The code of the verdict, or of what went wrong. */
  readonly code?: string;
}

export interface Why {
  readonly subject: string;
  readonly url: string | null;
  readonly stages: readonly WhyStage[];
}

export interface WhyDeps {
  readonly db: Db;
  readonly read: ReadObservation;
  /** A link without tracking parameters; null when the text is not a link. */
  readonly linkOf: (written: string) => string | null;
  readonly now: Iso;
}

const mostItems = 5;

const codeOf = ({ reason }: { readonly reason: AnyReason | null }): Pick<WhyStage, 'code'> =>
  reason === null ? {} : { code: reason.code };

/** A moment for people to read, to the minute in UTC. */
export function minuteOf(at: Iso): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

function minuteOr(at: Iso | null, none: string): string {
  return at === null ? none : minuteOf(at);
}

function lookText(row: TargetRow): string {
  const name = `${row.target.source}:${row.target.address}`;
  if (row.baselineAt === null)
    return `${name} has had no successful look yet${row.reason === null ? '' : `: ${inEnglish(row.reason)}`}`;
  const failing =
    row.reason === null
      ? ''
      : `; since ${minuteOr(row.failingSince, '?')} it fails: ${withoutAddress(inEnglish(row.reason), row.target.address)}`;
  return `${name}: first look ${minuteOf(row.baselineAt)}, last answer ${minuteOr(row.lastAt, 'never')}, last change ${minuteOr(row.changedAt, 'never')}${failing}`;
}

function diffText(item: Item): string {
  const gone = item.goneAt === null ? '' : `; gone since ${minuteOf(item.goneAt)}`;
  const how = item.baseline
    ? 'part of the baseline: what was there at the first look owes no message by itself'
    : 'new when it was seen';
  return `${how}${gone}`;
}

/** `release 12345`, `licence`: when the key says no more than the kind, only the kind. */
function whatOf({ kind, key }: Item['observation']): string {
  if (key === kind) return kind;
  return key.startsWith(`${kind}:`) ? `${kind} ${key.slice(kind.length + 1)}` : `${kind} ${key}`;
}

/** Who reported the promise, and whether it can become overdue. */
function standingOf(pledge: Pledge): readonly string[] {
  if (pledge.confirmed) return [];
  const hosts = [...new Set((pledge.said ?? []).map(({ host, own }) => (own ? `${host} (the lab's own)` : host)))];
  const by = hosts.length === 0 ? [] : [`said by ${hosts.join(', ')}`];
  const ended = pledge.ended === true ? ['the news says it is out: nobody waits for it any more'] : [];
  if (isAttested(pledge)) return [...by, ...ended, 'said by enough to turn overdue'];
  const passed = pledge.passed === true ? ['its day has passed'] : [];
  const never = 'unconfirmed: it turns overdue only if the lab, a second host, the file or a person says so too';
  return [...by, ...passed, ...ended, never];
}

async function pledgeStages(db: Db, { key, pledge }: Story): Promise<readonly WhyStage[]> {
  if (pledge === null) return [];
  const { by, saidAt, zone, dueFrom, dueTo, state, quoteUrl } = pledge;
  const days = dueFrom === dueTo ? dueTo : [dueFrom, dueTo].filter((day) => day !== null).join(' to ');
  const from = (await readMeta(db, `pledge:${key}`)) === null ? 'read from what was seen' : 'from the file';
  const text = [
    `promised by ${by}`,
    `said ${dayIn(saidAt, zone)}`,
    days === null ? 'no day named' : `due ${days} (${zone})`,
    state,
    from,
    ...standingOf(pledge),
    ...(quoteUrl === null ? [] : [quoteUrl]),
  ];
  return [{ stage: 'pledge', at: saidAt, text: text.join(', ') }];
}

async function storyStages(db: Db, story: Story): Promise<readonly WhyStage[]> {
  const told = story.marks.map(
    (mark): WhyStage => ({
      stage: 'story',
      at: mark.at,
      text: `"${story.name}" (${story.key}), revision ${mark.revision}: ${mark.turn}${mark.detail === null ? '' : ` (${mark.detail})`}`,
    }),
  );
  const stages: WhyStage[] = [...(await pledgeStages(db, story)), ...told];
  const deliveries = await deliveriesOf(db, story.id);
  for (const { channel, watchId, reason } of story.held ?? [])
    stages.push({ stage: 'plan', at: null, text: `held back from ${channel} (${watchId}): ${inEnglish(reason)}` });
  if (story.audience.length === 0 && story.held === undefined)
    stages.push({ stage: 'plan', at: null, text: 'no channel has joined this story: nothing is owed' });
  for (const delivery of deliveries) {
    stages.push({
      stage: 'plan',
      at: delivery.madeAt,
      text: `${delivery.form} of revision ${delivery.revision} owed to ${delivery.channel}`,
    });
    const { attempts, state, notBefore } = delivery;
    const tries = attempts === 0 ? 'not tried yet' : `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
    const why = delivery.reason === null ? '' : inEnglish(delivery.reason);
    const reason = why === '' ? '' : `: ${why}`;
    const settled = attempts === 0 && why !== '' ? why : `${state}, ${tries}${reason}`;
    const text = state === 'owed' ? `still owed, ${tries}, not before ${minuteOf(notBefore)}${reason}` : settled;
    stages.push({
      stage: 'delivery',
      at: delivery.settledAt,
      text: `${delivery.channel}/${delivery.form}: ${text}`,
      ...codeOf(delivery),
    });
  }
  return stages;
}

function nameText({ observation }: Item, { read, now }: WhyDeps): string {
  const reading = read(observation, now);
  if (reading.family === null) return 'names no model that is known';
  const whose = reading.official === true ? "the lab's own" : reading.official === false ? "somebody else's" : 'news';
  return `read as ${reading.name ?? reading.family} (${reading.family}, ${whose}, ${reading.label}), story ${reading.key ?? 'of the family'}`;
}

async function whyItem(deps: WhyDeps, item: Item): Promise<Why> {
  const { db } = deps;
  const { observation } = item;
  const row = (await targetsById(db, [observation.targetId])).get(observation.targetId);
  const verdicts = await verdictsOn(db, observation.targetId, observation.key);
  const story = await storyOfKey(db, item.storyKey);
  const stages: WhyStage[] = [];
  if (row !== undefined) stages.push({ stage: 'look', at: row.lastAt, text: lookText(row), ...codeOf(row) });
  stages.push({ stage: 'diff', at: item.firstSeen, text: `${whatOf(observation)}: ${diffText(item)}` });
  stages.push({ stage: 'name', at: null, text: nameText(item, deps) });
  // Another change of the story may have a card: a tag, say, while a filter holds its release back.
  const carded = story !== null && (await deliveriesOf(db, story.id)).some(({ state }) => state !== 'dead');
  for (const verdict of verdicts) {
    const said = inEnglish(outcomeOf(verdict, carded));
    const text = `${verdict.watchId}, ${verdict.change}: ${said}`;
    stages.push({ stage: 'verdict', at: verdict.at, text, code: verdict.reason.code });
  }
  if (story === null)
    stages.push({ stage: 'story', at: null, text: 'no story was opened for it: nothing about it was told' });
  else stages.push(...(await storyStages(db, story)));
  return { subject: observation.title, url: observation.url, stages };
}

/** A target that was looked at but has shown nothing yet. */
async function whyTarget(db: Db, row: TargetRow): Promise<Why> {
  const parents = (await parentsOf(db, [row.target.id])).map((find) => find.parentId);
  const watches = await watchesOn(db, [row.target.id, ...parents]);
  const asked =
    watches.length === 0
      ? 'nobody watches it'
      : `watched for ${[...new Set(watches.flatMap((watch) => watch.to))].join(', ')}`;
  const saw =
    row.baselineAt === null
      ? []
      : [{ stage: 'diff' as const, at: row.lastAt, text: 'looked, and saw nothing there yet' }];
  return {
    subject: `${row.target.source}:${row.target.address}`,
    url: null,
    stages: [{ stage: 'look', at: row.lastAt, text: `${lookText(row)}; ${asked}`, ...codeOf(row) }, ...saw],
  };
}

/** Items, targets and stories that the words name: an address, a link, a tag, or part of a title. Empty = nothing matches. */
export async function why(deps: WhyDeps, words: string): Promise<readonly Why[]> {
  const { db } = deps;
  const needle = needleOf(words, deps);
  if (needle === '') return [];
  for (const spelling of spellingsOf(needle)) {
    const answers = await answersTo(deps, spelling);
    if (answers.length > 0) return answers;
  }
  const rows = (await allTargets(db)).filter((row) => row.target.address.toLowerCase().includes(needle.toLowerCase()));
  return Promise.all(rows.slice(0, mostItems).map((row) => whyTarget(db, row)));
}

/** A link without tracking parameters, or the words without the name of a source. */
function needleOf(words: string, { linkOf }: WhyDeps): string {
  const bare = words.trim().replace(/^(?:github|huggingface|feed|page|sitemap):(?!\/\/)/, '');
  const link = /^https?:\/\//i.test(bare) ? linkOf(bare) : null;
  return (link ?? bare).replace(/(?<!\/)\/+$/, '');
}

/** First as written; a short name also with spaces, hyphens, underscores or nothing between: `Grok-5`, `grok5`, `Grok 5`. */
function spellingsOf(needle: string): readonly string[] {
  const parts = needle
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((part) => part !== '');
  if (parts.length > 6 || needle.includes('/')) return [needle];
  return [...new Set([needle, parts.join(' '), parts.join('-'), parts.join('_'), parts.join('')])];
}

async function answersTo(deps: WhyDeps, needle: string): Promise<readonly Why[]> {
  const { db } = deps;
  const items = await itemsLike(db, needle, mostItems * 8);
  const exact = items.filter(({ observation }) =>
    [observation.url, observation.title, observation.key].some((text) => text.toLowerCase() === needle.toLowerCase()),
  );
  // People ask about a thing, not each observation: one answer per story, the newest first.
  const chosen = [
    ...new Map((exact.length > 0 ? exact : items).toReversed().map((item) => [item.storyKey, item])).values(),
  ].toReversed();
  const answers: Why[] = [];
  for (const item of chosen.slice(0, mostItems)) answers.push(await whyItem(deps, item));
  if (answers.length === 0) {
    for (const story of await storiesLike(db, needle, mostItems)) {
      answers.push({
        subject: story.name,
        url: story.url === '' ? null : story.url,
        stages: await storyStages(db, story),
      });
    }
  }
  return answers;
}
