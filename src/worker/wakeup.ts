// Connects those who make something owed outside the pipeline to the dispatcher, which is created later.
export interface Wakeup {
  /** To be called when something new is owed. */
  readonly ring: () => void;
  /** Calls `listener` at every later ring; what was owed before, the listener has to find itself. */
  readonly listen: (listener: () => void) => void;
}

export function createWakeup(): Wakeup {
  const listeners: (() => void)[] = [];
  return {
    ring: () => {
      for (const listener of listeners) listener();
    },
    listen: (listener) => void listeners.push(listener),
  };
}
