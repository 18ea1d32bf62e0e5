// Asks for many repositories by GraphQL: a light look at all of them, then details only for those that changed.
import type { GithubSession } from './client.ts';
import type { RepositoryCursor } from './cursor.ts';
import { type Pull, type RepositoryDocument, unasked } from './document.ts';
import {
  blobNode,
  fullRelease,
  guessNode,
  listsNode,
  lookFragments,
  pickLicence,
  readPulls,
  readRelease,
  readReleases,
  readTags,
  releasesPage,
  repositoryNode,
  tagsPage,
  treeNode,
} from './graphql-bodies.ts';
import { mostAtOnce, type NodeAnswer, type Question, type Run } from './graphql-run.ts';
import {
  isEmptyWish,
  joinPages,
  type Task,
  type Wanted,
  wantedAfterLook,
  wantedNext,
  wantedText,
  writeDocument,
} from './graphql-task.ts';
import { isRefusal } from './refusal.ts';
import type { RestResult } from './rest-repository.ts';

export interface RepositoryLook {
  readonly id: string;
  /** The address to ask for: as written, or the one that a rename led to. */
  readonly address: string;
  readonly cursor: RepositoryCursor | null;
  /** True = pull requests are asked for as well. */
  readonly support: boolean;
}

export type GraphqlAsked<D> = RestResult<D> | { readonly kind: 'elsewhere' };

/** Called once for each look, as soon as nothing remains to be asked for it. */
type Told = (id: string, asked: GraphqlAsked<RepositoryDocument>) => void;

/** A light look at all. The changed repositories are collected, so that their details fill whole queries. */
export async function askRepositories(
  looks: readonly RepositoryLook[],
  run: Run,
  asking: GithubSession,
  told: Told,
): Promise<void> {
  const at = asking.context.now();
  let moved: readonly Wish[] = [];
  const askPart = async (part: readonly RepositoryLook[]): Promise<void> => {
    const answers = await run(part.map(questionOf), lookFragments);
    for (const look of part) {
      const task = start(look, answers.get(look.id), told, asking.server);
      if (task === null) continue;
      const wanted = wantedAfterLook(task, at);
      if (isEmptyWish(wanted)) told(task.id, asked(writeDocument(task, asking.server)));
      else moved = [...moved, [task, wanted]];
    }
    // Collecting more would not save queries, and would take memory.
    if (moved.length < mostAtOnce) return;
    const full = moved;
    moved = [];
    await askFurther(full, run, asking, told);
  };
  await askTwoAtATime(looks, askPart);
  await askFurther(moved, run, asking, told);
}

/** Asks in parts that fill one query each, two at a time: while one query runs, the previous answer is read. */
export async function askTwoAtATime<T>(all: readonly T[], ask: (part: readonly T[]) => Promise<void>): Promise<void> {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < all.length) {
      const part = all.slice(begun, begun + mostAtOnce);
      begun += part.length;
      await ask(part);
    }
  };
  await Promise.all([lane(), lane()]);
}

/** A repository and what is still to be asked for it. */
type Wish = readonly [task: Task, wanted: Wanted];

/** Asks for the details, then the texts, of the changed repositories: one query for each of the two steps where they fit. */
async function askFurther(wishes: readonly Wish[], run: Run, asking: GithubSession, told: Told): Promise<void> {
  const at = asking.context.now();
  const tasks = new Map(wishes.map(([task]) => [task.id, task]));
  for (let open = wishes; open.length > 0; ) {
    const details = await run(
      open.map(([task, wanted]) => detailsOf(task, wanted)),
      lookFragments,
    );
    open = open.flatMap(([before, wanted]): readonly Wish[] => {
      const task = add(before, wanted, details.get(before.id), told);
      if (task === null) {
        tasks.delete(before.id);
        return [];
      }
      tasks.set(task.id, task);
      const next = wantedNext(task, at);
      return next === null || isEmptyWish(next) ? [] : [[task, next]];
    });
  }
  const texts = await run([...tasks.values()].flatMap(textOf), lookFragments);
  for (const task of tasks.values()) {
    const answer = texts.get(task.id);
    if (answer && answer.kind !== 'node') told(task.id, refuse(answer));
    else {
      const text = blobNode.safeParse(answer?.node).data?.object?.text ?? guessed(task);
      told(task.id, asked(writeDocument({ ...task, text: text && cut(text) }, asking.server)));
    }
  }
}

function asked(document: RepositoryDocument): RestResult<RepositoryDocument> {
  return { kind: 'asked', document, validators: {}, restMs: null };
}

function refuse(answer: NodeAnswer | undefined): GraphqlAsked<RepositoryDocument> {
  if (answer && (isRefusal(answer) || answer.kind === 'elsewhere')) return answer;
  return { kind: 'later', reason: { code: 'github.part-missing', params: {} }, afterMs: null };
}

function guessed(task: Task): string | null {
  return task.guess?.oid === task.file?.oid ? (task.guess?.text ?? null) : null;
}

const licenceBytes = 64 * 1024;

function cut(text: string): string {
  return text.length * 3 <= licenceBytes
    ? text
    : new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, licenceBytes), { stream: true });
}

/** One connection: releases, or tags for a repository without any (where every fourth look asks for releases all the same). */
function questionOf({ id, address, cursor, support }: RepositoryLook): Question {
  const [owner = '', name = ''] = address.split('/');
  // `latestRelease` shows a first release at once; a first prerelease on an old tag appears only in the list of releases.
  const never = cursor?.there === true && cursor.releases.items.length === 0 && cursor.looks % 4 !== 3;
  return {
    id,
    load: support ? 3 : 1,
    field: (variable) => {
      const followed = support
        ? followedIn(cursor).map((number) => ` s${number}:pullRequest(number:${number}){...pull}`)
        : [];
      const pulls = support ? ` ...pulls${followed.join('')}` : '';
      return `repository(owner:${variable(owner)},name:${variable(name)}){...self ...${never ? 'tags' : 'releases'}${pulls}}`;
    },
  };
}

const mostFollowed = 20;

/** Pull requests that are not merged yet, as they may have dropped out of the list. */
function followedIn(cursor: RepositoryCursor | null): readonly number[] {
  const open = Object.values(cursor?.support ?? {}).filter(({ merged }) => !merged);
  return open.map(({ number }) => number).slice(-mostFollowed);
}

function pullsOf(node: unknown, { support, cursor }: RepositoryLook): readonly Pull[] | null {
  const told = repositoryNode.safeParse(node).data?.pullRequests;
  if (!support || told == null || typeof node !== 'object' || node === null) return null;
  const followed = followedIn(cursor).map((number) => Object.entries(node).find(([key]) => key === `s${number}`)?.[1]);
  return [...new Map(readPulls([...followed, ...(told.nodes ?? [])]).map((pull) => [pull.number, pull])).values()];
}

/** Null when the look is finished. */
function start(look: RepositoryLook, answer: NodeAnswer | undefined, told: Told, server: string): Task | null {
  const { id, address, cursor } = look;
  if (answer?.kind === 'missing') {
    told(id, asked({ what: 'repository', by: 'graphql', there: false, server, name: address, ...unasked }));
    return null;
  }
  if (answer?.kind !== 'node') {
    told(id, refuse(answer));
    return null;
  }
  const read = repositoryNode.safeParse(answer.node);
  if (!read.success) {
    told(id, { kind: 'broken', reason: { code: 'github.no-repository', params: { address } } });
    return null;
  }
  const [owner = '', name = ''] = address.split('/');
  const { releases, refs } = read.data;
  return {
    id,
    owner,
    name,
    cursor: cursor?.there ? cursor : null,
    node: read.data,
    pulls: pullsOf(answer.node, look),
    releases: releases ? { ...readReleases(releases), pages: 0 } : null,
    tags: refs ? { ...readTags(refs), pages: 0 } : null,
    file: undefined,
    guess: null,
    text: null,
    absent: { releases: [], tags: [] },
    proved: { releases: [], tags: [] },
  };
}

function detailsOf({ id, owner, name, cursor }: Task, wanted: Wanted): Question {
  const { releases, tags, notes, tree, proofs } = wanted;
  return {
    id,
    load: Math.max(1, 0.8 + (releases ? 0.5 : 0) + (tags ? 0.5 : 0) + notes.length / 10),
    field: (variable) => {
      const after = (cursor: string | null) => (cursor === null ? null : variable(cursor));
      const parts = [
        ...(releases ? [releasesPage(after(releases.after), releases.notes)] : []),
        ...(tags ? [tagsPage(after(tags.after))] : []),
        ...(tree ? ['tree:object(expression:"HEAD:"){...on Tree{entries{name type oid}}}'] : []),
        // A first look needs the licence's text in any case, and it is nearly always in this file.
        ...(tree && !cursor?.licence ? ['guess:object(expression:"HEAD:LICENSE"){...on Blob{oid text}}'] : []),
        ...notes.map((tag, index) => `n${index}:release(tagName:${variable(tag)}){${fullRelease}}`),
        ...proofs.releases.map((tag, index) => `p${index}:release(tagName:${variable(tag)}){tagName isDraft}`),
        ...proofs.tags.map((tag, index) => `q${index}:ref(qualifiedName:${variable(`refs/tags/${tag}`)}){name}`),
      ];
      return `repository(owner:${variable(owner)},name:${variable(name)}){${parts.join(' ')}}`;
    },
  };
}

/** Null when this part failed, which fails the whole look. */
function add(task: Task, wanted: Wanted, answer: NodeAnswer | undefined, told: Told): Task | null {
  const lists = answer?.kind === 'node' ? listsNode.safeParse(answer.node).data : undefined;
  if (answer?.kind !== 'node' || !lists) {
    told(task.id, refuse(answer));
    return null;
  }
  const node = answer.node as Readonly<Record<string, unknown>>;
  const tree = treeNode.safeParse(node.tree).data;
  if (wanted.tree && !tree?.entries) {
    told(task.id, { kind: 'elsewhere' });
    return null;
  }
  const full = new Map(
    wanted.notes.flatMap((tag, index) => {
      const release = readRelease(node[`n${index}`]);
      return release ? [[tag, release]] : [];
    }),
  );
  const page = lists.releases ? joinPages(task.releases, readReleases(lists.releases)) : task.releases;
  const guess = guessNode.safeParse(node.guess).data;
  const isGone = (alias: string) => (_: string, index: number) => (node[`${alias}${index}`] ?? null) === null;
  return {
    ...task,
    // A release that was asked for by its tag is placed after those of the page.
    releases: page && {
      ...page,
      items: [
        ...page.items.map((one) => full.get(one.tag) ?? one),
        ...[...full].filter(([tag]) => !page.items.some((one) => one.tag === tag)).map(([, release]) => release),
      ],
    },
    tags: lists.refs ? joinPages(task.tags, readTags(lists.refs)) : task.tags,
    file: wanted.tree ? pickLicence(tree?.entries ?? []) : task.file,
    guess: guess ?? task.guess,
    proved: {
      releases: [...task.proved.releases, ...wanted.proofs.releases],
      tags: [...task.proved.tags, ...wanted.proofs.tags],
    },
    absent: {
      releases: [...task.absent.releases, ...wanted.proofs.releases.filter(isGone('p'))],
      tags: [...task.absent.tags, ...wanted.proofs.tags.filter(isGone('q'))],
    },
  };
}

function textOf(task: Task): readonly Question[] {
  const oid = wantedText(task);
  if (oid === null || oid === task.guess?.oid) return [];
  const { id, owner, name } = task;
  return [
    {
      id,
      load: 1,
      field: (variable) =>
        `repository(owner:${variable(owner)},name:${variable(name)}){object(oid:${variable(oid, 'GitObjectID!')}){...on Blob{text}}}`,
    },
  ];
}
