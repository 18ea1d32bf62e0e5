// A clock that the soak moves while the command runs (the child reads its offset from a file), and a resolver that knows the
// soak's hosts and sometimes fails.
import { writeFileSync } from 'node:fs';

export interface ChildClock {
  /** Sets how many milliseconds the child's clock is ahead of the machine's. */
  readonly set: (aheadMs: number) => void;
  /** Node flags for the child. */
  readonly flags: readonly string[];
}

/** Names in this domain resolve to this machine. */
export const soakDomain = 'soak.test';

export function createChildClock(file: string, lookupFailures: number): ChildClock {
  const shift = `import { readFileSync } from 'node:fs';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
const { now } = Date;
let ahead = 0;
let readAt = -1e9;
const shift = () => {
  // A process that was stopped finds the right time at once when it goes on.
  if (performance.now() - readAt > 10) {
    readAt = performance.now();
    ahead = Number(readFileSync(${JSON.stringify(file)}, 'utf8')) || ahead;
  }
  return ahead;
};
Date.now = () => now() + shift();
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
  apply: (target) => new target(target.now()).toString(),
});
const { lookup } = dns;
dns.lookup = (name, options, done) => {
  if (!name.endsWith(${JSON.stringify(`.${soakDomain}`)})) return lookup(name, options, done);
  const answer = typeof options === 'function' ? options : done;
  const failed = Math.random() < ${lookupFailures};
  setImmediate(() => {
    if (failed) answer(Object.assign(new Error('getaddrinfo EAI_AGAIN ' + name), { code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: name }));
    else if (options?.all) answer(null, [{ address: '127.0.0.1', family: 4 }]);
    else answer(null, '127.0.0.1', 4);
  });
};
syncBuiltinESMExports();`;
  return {
    set: (aheadMs) => writeFileSync(file, String(aheadMs)),
    flags: ['--import', `data:text/javascript,${encodeURIComponent(shift)}`],
  };
}
