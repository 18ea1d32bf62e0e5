// From documents to poll results, without the network: used by `poll` after its requests, and by replay.
import { createHash } from 'node:crypto';
import type { FoundTarget, Fresh, Json, Look, PollResult, RecordedAnswer } from '../../types/core.ts';
import { nothingThere } from '../absent.ts';
import { copiesSought, newlyAsked } from '../quantised/copies.ts';
import { toPack } from './copies.ts';
import {
  type AccountCursor,
  type ModelCursor,
  ownerVersion,
  readModelCursor,
  readOwnerCursor,
  version,
} from './cursor.ts';
import { type DataKnown, dataLooksFor } from './datasets.ts';
import { disabledWords, type ModelDocument } from './document.ts';
import { licenceFile } from './files.ts';
import { type KeyedModel, nameModels, sameName } from './naming.ts';
import { gateOf, licencesOf, observe } from './observe.ts';

/** A list that suddenly is empty is believed if it is still empty after this time. */
const doubtMs = 60_000;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

function answerOf(url: string, body: string): RecordedAnswer {
  return { type: 'json', url, body };
}

interface OwnerReading {
  readonly models: readonly ModelDocument[];
  readonly dropped: number;
  readonly etag: string | null;
  readonly plan: number;
  /** What is known of the account's data sets; left out for a recorded answer. */
  readonly data?: DataKnown;
}

/** After a 304 the list is the one that the validator stands for, so an empty answer in between was a fault. */
export function unchangedOwner(cursor: Json): PollResult {
  const before = readOwnerCursor(cursor);
  return { kind: 'same', cursor: before === null ? cursor : { ...before, emptyAt: null }, restMs: null };
}

/** A list that lost several models all at once is a fault of the host more often than the truth. */
function doubted(before: AccountCursor, reading: OwnerReading, at: number): PollResult | null {
  if (reading.models.length > 0 || reading.dropped > 0 || before.count < 2) return null;
  const emptyAt = before.emptyAt ?? at;
  const leftMs = emptyAt + doubtMs - at;
  // Not `later`: that keeps the old cursor, and so would lose the time when the list was first empty.
  return before.emptyAt === null || leftMs > 0
    ? { kind: 'same', cursor: { ...before, emptyAt }, restMs: Math.max(leftMs, 0) }
    : null;
}

/**
 * `reading` null: the API says that there is no such owner.
 * `at`: when it was read, in milliseconds since the epoch; null for a recorded answer, which was believed at the time.
 */
export function readOwner(look: Look, endpoint: string, reading: OwnerReading | null, at: number | null): PollResult {
  const url = `${endpoint}/api/models?author=${look.target.address}`;
  const before = readOwnerCursor(look.cursor);
  const body = JSON.stringify(reading === null ? { error: 'Not found' } : reading.models);
  const hash = hashOf(body);
  if (reading === null) {
    const { knows = [], names = {}, count = 0, copies = null, data = null } = before ?? {};
    const cursor: AccountCursor = {
      v: ownerVersion,
      etag: null,
      hash,
      plan: 0,
      knows,
      names,
      count,
      emptyAt: null,
      copies,
      data,
    };
    if (before?.hash === hash) return { kind: 'same', cursor, restMs: null };
    return nothingThere(answerOf(url, body), cursor, []);
  }
  const doubt = before === null || at === null ? null : doubted(before, reading, at);
  if (doubt !== null) return doubt;
  const { models, etag, plan, data = null } = reading;
  const { knows, proves } = completeness(models, before?.knows ?? []);
  const { named, names } = nameModels(models, before?.names ?? {});
  const count = models.length;
  const packed = copiesSought(look, named.flatMap(toPack), before, at);
  const cursor: AccountCursor = {
    v: ownerVersion,
    etag,
    hash,
    plan,
    knows,
    names,
    count,
    emptyAt: null,
    copies: packed.copies,
    data,
  };
  const moved = JSON.stringify(data?.sets ?? null) !== JSON.stringify(before?.data?.sets ?? null);
  if (before?.hash === hash && !moved && !newlyAsked(look, before)) return { kind: 'same', cursor, restMs: null };
  const looksFor = dataLooksFor(models, data);
  return {
    kind: 'fresh',
    there: true,
    observations: named.flatMap(({ model, key: name, renamedTo }) =>
      observe(model, {
        targetId: look.target.id,
        endpoint,
        key: (kind) => `${kind}:${name}`,
        about: `huggingface:${name}`,
        renamedTo,
        licenceMark: null,
        data: looksFor(model),
      }),
    ),
    cursor,
    gone: [],
    // A model that could not be read is not gone.
    window: proves && reading.dropped === 0 ? 'all' : 'newest',
    found: [...named.flatMap((one) => found(one, before === null)), ...packed.found],
    answer: answerOf(url, body),
    restMs: null,
  };
}

/**
 * Whether an answer proves absence: parts that it no longer contains (files, a gate) are not therefore gone.
 * `knew`: the parts that answers for this target have contained at some time.
 */
function completeness(models: readonly ModelDocument[], knew: readonly string[]) {
  const has = {
    files: models.every((model) => model.siblings !== undefined),
    licence: models.every((model) => licencesOf(model) !== null),
    gate: models.every((model) => gateOf(model) !== null),
  };
  const parts = Object.entries(has);
  const learned = models.length === 0 ? [] : parts.filter(([, there]) => there).map(([part]) => part);
  const knows = [...new Set([...knew, ...learned])].toSorted();
  return { knows, proves: parts.every(([part, there]) => there || !knows.includes(part)) };
}

/** The listing is enough for the baseline; a model that appears later gets its own look (sizes, licence text). */
function found({ model, address }: KeyedModel, first: boolean): readonly FoundTarget[] {
  if (address === null) return [];
  const { sha, gated, disabled, lastModified } = model;
  const target = { id: `huggingface:${address.toLowerCase()}`, source: 'huggingface', address, shape: null };
  const mark = JSON.stringify([sha, gated, disabled, model.private, lastModified, licencesOf(model)]);
  return [{ target, mark, whole: first && model.siblings !== undefined }];
}

interface ModelAnswer {
  readonly document: ModelDocument | { readonly error: string };
  readonly etag: string | null;
}

/** `at`: as for `readOwner`. */
export function readModel(
  look: Look,
  endpoint: string,
  { document, etag }: ModelAnswer,
  at: number | null,
): PollResult {
  const stored = readModelCursor(look.cursor);
  const replaced = replacedIn(stored, document);
  const before = replaced === undefined ? stored : null;
  const url = `${endpoint}/api/models/${look.target.address}`;
  const body = JSON.stringify(document);
  // `further` is excluded: reading the same text again at a new revision is not a change.
  const hash = hashOf(JSON.stringify({ ...document, further: undefined }));
  const { id: knownId = null, place: placed = null, sha = null, licence = null, knows: knew = [] } = before ?? {};
  const successor = replaced !== undefined || before?.successor === true;
  if ('error' in document) {
    const lasting = before?.lasting ?? null;
    const copies = before?.copies ?? null;
    const kept = { id: knownId, place: placed, lasting, successor, sha, licence, knows: knew, copies };
    const cursor: ModelCursor = { v: version, etag: null, hash, ...kept };
    if (before?.hash === hash) return { kind: 'same', cursor, restMs: null };
    if (!document.error.includes(disabledWords)) return nothingThere(answerOf(url, body), cursor, ['model']);
    return disabled(look, endpoint, cursor, answerOf(url, body));
  }
  const id = knownId ?? firstName(look.target.address, document.id);
  const text = licenceVersion(document, licence);
  const { knows, proves } = completeness([document], knew);
  const address = successor ? null : look.target.address;
  const packed = copiesSought(look, toPack({ model: document, address }), before, at);
  const cursor: ModelCursor = {
    v: version,
    etag,
    hash,
    id,
    place: document.id,
    lasting: document._id ?? (before?.lasting || ''),
    successor,
    sha: document.sha ?? null,
    licence: text,
    knows,
    copies: packed.copies,
  };
  if (before?.hash === hash && !newlyAsked(look, before)) return { kind: 'same', cursor, restMs: null };
  const place = {
    targetId: look.target.id,
    endpoint,
    key: (kind: string) => kind,
    about: aboutOf(cursor, id),
    renamedTo: sameName(id, document.id) ? null : document.id,
    licenceMark: text.mark,
  };
  return {
    kind: 'fresh',
    there: true,
    observations: observe(document, place),
    cursor,
    gone: [],
    window: proves ? 'all' : 'newest',
    found: packed.found,
    answer: answerOf(url, body),
    restMs: null,
    ...(replaced === undefined ? {} : { replaced }),
  };
}

/** The `_id`s of the previous and the current model at this address; undefined when it is still the same one. */
function replacedIn(cursor: ModelCursor | null, document: ModelDocument | { readonly error: string }) {
  const before = cursor?.lasting ?? '';
  const after = 'error' in document ? '' : (document._id ?? '');
  return before === '' || after === '' || before === after ? undefined : { before, after };
}

function aboutOf({ successor, lasting }: ModelCursor, id: string): string {
  return `huggingface:${id}${successor ? `~${lasting}` : ''}`;
}

/** An address redirecting to another name in the same account is the name by which the owner's listing knows the model too. */
function firstName(address: string, id: string): string {
  const ownerOf = (name: string) => name.slice(0, name.indexOf('/'));
  return !sameName(address, id) && sameName(ownerOf(address), ownerOf(id)) ? address : id;
}

/** For a model that the host took down, nothing is shown except that it was. */
function disabled(look: Look, endpoint: string, cursor: ModelCursor, answer: RecordedAnswer): Fresh {
  const id = cursor.id ?? look.target.address;
  const place = {
    targetId: look.target.id,
    endpoint,
    key: (kind: string) => kind,
    about: aboutOf(cursor, id),
    renamedTo: null,
    licenceMark: null,
  };
  const seen = observe({ id, disabled: true }, place);
  const observations = seen.filter((one) => one.kind === 'model' || one.kind === 'state');
  return { ...nothingThere(answer, cursor, []), there: true, observations };
}

/**
 * The version of the licence text that counts. A text added for a licence that the card already names is not news; a
 * replaced text is, and so is one added where the card names no licence.
 */
function licenceVersion(model: ModelDocument, before: ModelCursor['licence']): NonNullable<ModelCursor['licence']> {
  if (model.siblings === undefined && before !== null) return before;
  const file = licenceFile(model.siblings ?? []);
  const blob = file === null ? null : (file.blobId ?? 'there');
  if (before === null) return { blob, mark: blob ?? '-' };
  if (before.blob === blob) return before;
  const named = licencesOf(model)?.some((licence) => licence !== 'other' && licence !== 'unknown') === true;
  const appearedOrWent = before.blob === null || blob === null;
  // 'there' stands for answers without blob ids, which cannot tell versions apart.
  const untold = before.blob === 'there' || blob === 'there';
  return { blob, mark: (appearedOrWent && named) || untold ? before.mark : (blob ?? '-') };
}
