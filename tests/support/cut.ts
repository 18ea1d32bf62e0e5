// A proxy to a server that a test can interrupt: connections break, and new ones fail until it is restored.
import { connect, createServer, type Socket } from 'node:net';

export interface Cut {
  /** The server's address through this proxy. */
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => void;
  /** Interrupts the connection once, when a client sends these words. */
  readonly cutAt: (words: string) => void;
  readonly isCut: () => boolean;
  readonly close: () => Promise<void>;
}

export async function openCut(to: string): Promise<Cut> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let away = false;
  let trap: string | null = null;
  const cut = (): void => {
    away = true;
    trap = null;
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    if (away) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.on('data', (said) => {
      if (trap !== null && said.includes(trap)) cut();
      else far.write(said);
    });
    far.on('data', (said) => near.write(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(to);
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: url.href,
    cut,
    mend: () => {
      away = false;
    },
    cutAt: (words) => {
      trap = words;
    },
    isCut: () => away,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
