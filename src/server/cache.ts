// What was made is kept until something changes: bodies by address and language, within bounded memory.
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
  /** `make` runs once for all who ask at the same time; null = there is nothing of that address, which is not kept. */
  readonly get: (key: string, make: () => Promise<RenderedAnswer | null>) => Promise<CachedAnswer | null>;
}

const bodiesAtMost = 400;
const charactersAtMost = 8_000_000;
/** How long nobody asks the database whether something changed. */
const restMs = 1_000;
/** Not every change moves the stamp: a watch that was taken out, a look that failed. */
const lastsMs = 60_000;

/** `stamp` moves when something changed that pages show. */
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
