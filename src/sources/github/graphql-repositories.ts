// Asks for many repositories by GraphQL: one light look at all, then only for what has moved.
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
import type { NodeAnswer, Question, Run } from './graphql-run.ts';
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
  /** The one to ask: the written one, or where a rename has led. */
  readonly address: string;
  readonly cursor: RepositoryCursor | null;
  /** Pull requests are asked for too. */
  readonly support: boolean;
}

export type GraphqlAsked<D> = RestResult<D> | { readonly kind: 'elsewhere' };

export async function askRepositories(
  looks: readonly RepositoryLook[],
  run: Run,
  asking: GithubSession,
): Promise<ReadonlyMap<string, GraphqlAsked<RepositoryDocument>>> {
  const results = new Map<string, GraphqlAsked<RepositoryDocument>>();
  const told = await run(looks.map(questionOf), lookFragments);
  let tasks = looks.flatMap((look) => start(look, told.get(look.id), results, asking.server));

  const at = asking.context.now();
  let wishes = tasks.map((task): [Task, Wanted | null] => [task, wantedAfterLook(task, at)]);
  while (wishes.some(([, wanted]) => wanted && !isEmptyWish(wanted))) {
    const open = wishes.flatMap(([task, wanted]) => (wanted && !isEmptyWish(wanted) ? [{ task, wanted }] : []));
    const details = await run(
      open.map(({ task, wanted }) => detailsOf(task, wanted)),
      lookFragments,
    );
    const next = new Map(open.map(({ task, wanted }) => [task.id, add(task, wanted, details.get(task.id), results)]));
    tasks = tasks.flatMap((task) => {
      const added = next.get(task.id);
      return added === undefined ? [task] : added === null ? [] : [added];
    });
    const asked = new Set(next.keys());
    wishes = tasks.filter((task) => asked.has(task.id)).map((task) => [task, wantedNext(task, at)]);
  }

  const texts = await run(tasks.flatMap(textOf), lookFragments);
  for (const task of tasks) {
    const answer = texts.get(task.id);
    if (answer && answer.kind !== 'node') results.set(task.id, refuse(answer));
    else {
      const text = blobNode.safeParse(answer?.node).data?.object?.text ?? guessed(task);
      results.set(task.id, asked(writeDocument({ ...task, text: text && cut(text) }, asking.server)));
    }
  }
  return results;
}

function asked(document: RepositoryDocument): RestResult<RepositoryDocument> {
  return { kind: 'asked', document, validators: {}, restMs: null };
}

function refuse(told: NodeAnswer | undefined): GraphqlAsked<RepositoryDocument> {
  if (told && (isRefusal(told) || told.kind === 'elsewhere')) return told;
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

/** One connection: releases, or tags where there never was a release. Now and then releases all the same. */
function questionOf({ id, address, cursor, support }: RepositoryLook): Question {
  const [owner = '', name = ''] = address.split('/');
  // latestRelease shows a first release at once; a first prerelease on an old tag shows only in the list.
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

/** Pull requests that are not merged yet: the list may not hold them any more. */
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

function start(
  look: RepositoryLook,
  told: NodeAnswer | undefined,
  results: Map<string, GraphqlAsked<RepositoryDocument>>,
  server: string,
): readonly Task[] {
  const { id, address, cursor } = look;
  if (told?.kind === 'missing') {
    results.set(id, asked({ what: 'repository', by: 'graphql', there: false, server, name: address, ...unasked }));
    return [];
  }
  if (told?.kind !== 'node') {
    results.set(id, refuse(told));
    return [];
  }
  const read = repositoryNode.safeParse(told.node);
  if (!read.success) {
    results.set(id, { kind: 'broken', reason: { code: 'github.no-repository', params: { address } } });
    return [];
  }
  const [owner = '', name = ''] = address.split('/');
  const { releases, refs } = read.data;
  return [
    {
      id,
      owner,
      name,
      cursor: cursor?.there ? cursor : null,
      node: read.data,
      pulls: pullsOf(told.node, look),
      releases: releases ? { ...readReleases(releases), pages: 0 } : null,
      tags: refs ? { ...readTags(refs), pages: 0 } : null,
      file: undefined,
      guess: null,
      text: null,
      absent: { releases: [], tags: [] },
      proved: { releases: [], tags: [] },
    },
  ];
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
        // At a first look the text is needed in any case, and nearly always stands there.
        ...(tree && !cursor?.licence ? ['guess:object(expression:"HEAD:LICENSE"){...on Blob{oid text}}'] : []),
        ...notes.map((tag, index) => `n${index}:release(tagName:${variable(tag)}){${fullRelease}}`),
        ...proofs.releases.map((tag, index) => `p${index}:release(tagName:${variable(tag)}){tagName isDraft}`),
        ...proofs.tags.map((tag, index) => `q${index}:ref(qualifiedName:${variable(`refs/tags/${tag}`)}){name}`),
      ];
      return `repository(owner:${variable(owner)},name:${variable(name)}){${parts.join(' ')}}`;
    },
  };
}

/** Null when this part of the look failed: then all of it did. */
function add(
  task: Task,
  wanted: Wanted,
  told: NodeAnswer | undefined,
  results: Map<string, GraphqlAsked<RepositoryDocument>>,
): Task | null {
  const lists = told?.kind === 'node' ? listsNode.safeParse(told.node).data : undefined;
  if (told?.kind !== 'node' || !lists) {
    results.set(task.id, refuse(told));
    return null;
  }
  const node = told.node as Readonly<Record<string, unknown>>;
  const tree = treeNode.safeParse(node.tree).data;
  if (wanted.tree && !tree?.entries) {
    results.set(task.id, { kind: 'elsewhere' });
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
    // One that was asked for by name alone stands behind what its page shows.
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
