// The look for packed copies: which models get one, how often, and what counts as a copy in a format.
import { describe, expect, it } from 'vitest';
import {
  copiesResult,
  copiesSought,
  examinationOrder,
  idleResult,
  readCopiesCursor,
} from '../../../src/sources/quantised/copies.ts';
import { formatsIn, type PackedRepository } from '../../../src/sources/quantised/formats.ts';
import type { Json, Look } from '../../../src/types/core.ts';
import { dayMs, hourMs } from '../../../src/types/time.ts';
import { fresh, noon } from '../../support/sources/web.ts';

const target = { id: 'hub:acme/one#quantised', source: 'hub', address: 'acme/one', shape: 'quantised' };
const look = (cursor: Json = null): Look => ({ target, cursor, lastAt: null, wants: ['quantised'] });
const copy = {
  format: 'GGUF',
  repository: 'known/one-GGUF',
  url: 'https://hub.test/known/one-GGUF',
  revision: 'abc',
} as const;
const seen = { hasWeights: true, lasting: '1', copies: [] };
const at = (cursor: Json, ms: number, copies: (typeof copy)[] = []) =>
  copiesResult(look(cursor), { ...seen, copies }, ms);
const cursorOf = (result: ReturnType<typeof at>): Json => ('cursor' in result ? result.cursor : null);
const again = (result: ReturnType<typeof at>) => ('againMs' in result ? result.againMs : 'none');

describe('the rhythm', () => {
  const first = cursorOf(at(null, noon));
  it.each([
    [0, hourMs],
    [2.9, hourMs],
    [3, dayMs],
    [29.9, dayMs],
    [30, null],
  ])('%s days after the release', (days, ms) => {
    expect(again(at(first, noon + days * dayMs))).toBe(ms);
  });

  it('counts from the weights, not from the repository', () => {
    const bare = copiesResult(look(), { ...seen, hasWeights: false }, noon);
    expect(again(bare)).toBe(dayMs);
    expect(again(at(cursorOf(bare), noon + 40 * dayMs))).toBe(hourMs);
    expect(again(copiesResult(look(cursorOf(bare)), { ...seen, hasWeights: false }, noon + 200 * dayMs))).toBeNull();
  });

  it('ends when there is one of every format', () => {
    const all = ['GGUF', 'MLX', 'AWQ', 'GPTQ'] as const;
    const result = copiesResult(look(), { ...seen, copies: all.map((format) => ({ ...copy, format })) }, noon);
    expect([fresh(result).observations.length, again(result)]).toEqual([4, null]);
  });
});

describe('more candidates than one look examines', () => {
  const many = Array.from({ length: 50 }, (_, index) => index);

  it('are all examined in the course of some looks', () => {
    const starts = Array.from({ length: 72 }, (_, hour) => noon + hour * hourMs + hour * 61_000);
    const examined = new Set(starts.flatMap((ms) => examinationOrder(many, 4, ms).slice(0, 4)));
    expect([...examined].toSorted((one, other) => one - other)).toEqual(many);
  });

  it('keep their order while there are few: the first one made is told', () => {
    expect(examinationOrder([3, 1, 2], 4, noon)).toEqual([3, 1, 2]);
  });
});

describe('what is told', () => {
  it('a copy once, with its revision, and nothing of what came while nobody asked', () => {
    const first = at(null, noon, [copy]);
    expect(fresh(first).observations).toMatchObject([
      {
        key: 'quantised:gguf',
        about: 'hub:acme/one',
        sort: 'thing',
        facts: { revision: 'abc', quantised: { format: 'GGUF', by: 'known', repository: 'known/one-GGUF' } },
      },
    ]);
    expect(at(cursorOf(first), noon + hourMs, [copy]).kind).toBe('same');
    const cursor = readCopiesCursor(cursorOf(at(null, noon)));
    if (cursor === null) throw new Error('no cursor');
    const idle = idleResult(cursor, noon + hourMs);
    expect(fresh(at(cursorOf(idle), noon + 2 * hourMs, [copy])).observations[0]?.sort).toBe('trait');
  });

  it('nothing is said when the model cannot be seen', () => {
    expect(copiesResult(look(cursorOf(at(null, noon))), null, noon).kind).toBe('same');
  });
});

describe('which models get a look', () => {
  const ago = (days: number) => new Date(noon - days * dayMs).toISOString();
  const model = (address: string, days: number, hasWeights: boolean | null = true) => ({
    source: 'hub',
    address,
    made: ago(days),
    hasWeights,
  });
  const owner: Look = { ...look(), target: { ...target, id: 'hub:acme', address: 'acme', shape: null } };
  const shown = ({ found }: ReturnType<typeof copiesSought>) =>
    found.map((one) => `${one.target.id} ${one.mark} ${one.quiet === true ? 'quiet' : 'told'}`);

  it('what was there when copies were first asked for is quiet, and left alone when it is old', () => {
    const first = copiesSought(
      owner,
      [model('acme/New', 2), model('acme/Old', 60), model('acme/Bare', 60, false)],
      null,
      noon,
    );
    expect(shown(first)).toEqual(['hub:acme/new#quantised weights quiet', 'hub:acme/bare#quantised bare quiet']);
    const next = copiesSought(owner, [model('acme/Later', 100), model('acme/Old', 60)], first, noon);
    expect(shown(next)).toEqual(['hub:acme/later#quantised weights told']);
  });

  it('nothing without a date, nothing where nobody asks, at most two hundred', () => {
    expect(copiesSought(owner, [{ ...model('acme/X', 1), made: 'soon' }], null, noon).found).toEqual([]);
    expect(copiesSought({ ...owner, wants: [] }, [model('acme/X', 1)], null, noon)).toEqual({
      found: [],
      copies: null,
    });
    const many = Array.from({ length: 900 }, (_, n) => model(`acme/m${n}`, 1));
    expect(copiesSought(owner, many, { copies: [] }, noon).found).toHaveLength(200);
  });
});

describe('formats by what lies there', () => {
  const of = (over: Partial<PackedRepository>) =>
    formatsIn({ id: 'known/x', files: [], library: null, tags: [], method: null, ...over });
  const tensors = [{ path: 'model.safetensors', bytes: 4e9 }];
  it.each([
    [{ files: [{ path: 'x-Q4_K_M.gguf', bytes: 4e9 }] }, ['GGUF']],
    [{ files: [{ path: 'x-Q4_K_M.gguf', bytes: 800 }], tags: ['gguf'] }, []],
    [{ files: [{ path: 'mmproj-x-f16.gguf', bytes: 9e8 }] }, []],
    [{ id: 'known/x-GGUF', files: tensors, tags: ['gguf'] }, []],
    [{ files: tensors, library: 'mlx' }, ['MLX']],
    [{ files: tensors, tags: ['mlx'] }, ['MLX']],
    [{ id: 'known/x-mlx', files: tensors }, []],
    [{ id: 'known/x-AWQ', files: tensors }, []],
    [{ files: tensors, method: 'awq' }, ['AWQ']],
    [{ files: tensors, tags: ['awq'], method: 'gptq' }, ['GPTQ']],
    [{ files: tensors, tags: ['gptq'], method: 'compressed-tensors' }, []],
    [{ files: tensors, tags: ['gptq'] }, ['GPTQ']],
    [{ files: [{ path: 'README.md', bytes: 9e6 }], tags: ['awq'], method: 'awq' }, []],
  ])('%j', (over, formats) => {
    expect(of(over)).toEqual(formats);
  });
});
