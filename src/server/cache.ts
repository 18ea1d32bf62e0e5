// A cache of rendered answers by address and language, bounded in memory and valid until something changes.
import { createHash } from 'node:crypto';

export interface RenderedAnswer {
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CachedAnswer extends RenderedAnswer {
  readonly etag: string;
}

export interface AnswerCache {
  /** `make` runs once for all concurrent requests; null = nothing at that address, which is not cached. */
  readonly get: (key: string, make: () => Promise<RenderedAnswer | null>) => Promise<CachedAnswer | null>;
}

const bodiesAtMost = 400;
const charactersAtMost = 8_000_000;
/** How long the last stamp is taken as current before the database is asked again. */
const restMs = 1_000;
/** Entries expire all the same, since some changes do not alter the stamp: a removed watch, a failed look. */
const lastsMs = 60_000;

/** `stamp` changes whenever something shown on pages has changed. */
export function createCache(stamp: () => Promise<string>, now: () => number): AnswerCache {
  const kept = new Map<string, { readonly work: Promise<CachedAnswer | null>; readonly atMs: number; size: number }>();
  let size = 0;
  let known = '';
  let askedMs = Number.NEGATIVE_INFINITY;

  const forget = (key: string): void => {
    size -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  const refresh = async (): Promise<void> => {
    const nowMs = now();
    if (nowMs - askedMs < restMs && nowMs >= askedMs) return;
    askedMs = nowMs;
    const found = await stamp();
    if (found === known) return;
    known = found;
    kept.clear();
    size = 0;
  };
  const make = (key: string, work: () => Promise<RenderedAnswer | null>): Promise<CachedAnswer | null> => {
    const entry = {
      atMs: now(),
      size: 0,
      work: work().then((made) => {
        if (made === null) {
          if (kept.get(key) === entry) forget(key);
          return null;
        }
        const etag = `"${createHash('sha256').update(made.type).update(made.body).digest('base64url').slice(0, 22)}"`;
        if (kept.get(key) === entry) {
          entry.size = made.body.length;
          size += entry.size;
          for (const oldest of kept.keys()) {
            if (kept.size <= bodiesAtMost && size <= charactersAtMost) break;
            forget(oldest);
          }
        }
        return { ...made, etag };
      }),
    };
    kept.set(key, entry);
    entry.work.catch(() => {
      if (kept.get(key) === entry) forget(key);
    });
    return entry.work;
  };

  return {
    get: async (key, work) => {
      await refresh();
      const found = kept.get(key);
      if (found !== undefined && now() - found.atMs < lastsMs) return found.work;
      forget(key);
      return make(key, work);
    },
  };
}
