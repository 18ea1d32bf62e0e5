// All kinds of network faults, mixed into a share of the requests to sources and channels.
import type { Fault } from '../world/faults.ts';
import type { Service } from '../world/service.ts';
import type { Chance } from './chance.ts';

export interface Chaos {
  /** How many requests went wrong, by fault. */
  readonly counts: ReadonlyMap<string, number>;
  readonly end: () => void;
}

/** Various forms of `Retry-After`; a year is rare, because the client has to respect it. */
function retryAfter({ one, happens }: Chance, now: number): string {
  if (happens(1 / 300)) return String(365 * 86_400);
  return one(['1', '2', '30', new Date(now + 20_000).toUTCString(), '-5', 'NaN', 'soon']);
}

function onReading(chance: Chance, now: number): Fault {
  const { one, between } = chance;
  return one<() => Fault>([
    () => ({ kind: 'answer', status: one([500, 502, 503, 504]) }),
    () => ({ kind: 'answer', status: 429, headers: { 'retry-after': retryAfter(chance, now) } }),
    () => ({ kind: 'answer', status: 503, headers: { 'retry-after': retryAfter(chance, now) } }),
    () => ({ kind: 'reset' }),
    () => ({ kind: 'truncated' }),
    () => ({ kind: 'slow', overMs: between(50, 400) }),
    () => ({ kind: 'delay', delayMs: between(50, 800) }),
    () => ({ kind: 'answer', status: 200, body: Buffer.alloc(0) }),
    () => ({ kind: 'mislabelled', headers: { 'content-encoding': one(['gzip', 'br', 'UTF-8', 'none']) } }),
  ])();
}

/** A write may take effect before its answer is lost. */
function onWriting(chance: Chance, now: number): Fault {
  const { one, between, happens } = chance;
  const commit = happens(0.5);
  return one<() => Fault>([
    () => ({ kind: 'answer', status: one([500, 502, 503, 504]), commit }),
    () => ({ kind: 'reset', commit }),
    () => ({ kind: 'truncated' }),
    () => ({ kind: 'slow', overMs: between(50, 400) }),
    () => ({ kind: 'delay', delayMs: between(50, 800) }),
    () => ({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '1' },
      body: { message: 'You are being rate limited.', retry_after: between(0.1, 2), global: false },
    }),
    () => ({ kind: 'answer', status: 429, headers: { 'retry-after': retryAfter(chance, now) } }),
  ])();
}

/** Mixes faults into this share of the requests to these services until `end` is called. */
export function mixFaults(
  { sources, sinks }: { readonly sources: readonly Service[]; readonly sinks: readonly Service[] },
  share: number,
  chance: Chance,
  now: () => number,
): Chaos {
  const counts = new Map<string, number>();
  const mix = (service: Service, fault: (chance: Chance, now: number) => Fault): void => {
    service.faults.mix((line) => {
      if (!chance.happens(share)) return null;
      const made = fault(chance, now());
      const name = `${service.name}: ${made.kind}${made.kind === 'answer' ? ` ${made.status}` : ''}${line.startsWith('GET') ? '' : ' (write)'}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return made;
    });
  };
  for (const service of sources) mix(service, onReading);
  for (const service of sinks) mix(service, onWriting);
  return {
    counts,
    end: () => {
      for (const service of [...sources, ...sinks]) service.faults.mix(null);
    },
  };
}
