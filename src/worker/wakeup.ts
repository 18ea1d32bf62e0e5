// Between those who make something owed beside the pipeline, and the dispatcher, who comes later than they do.
export interface Wakeup {
  /** Something new is owed. */
  readonly ring: () => void;
  /** Calls `listener` at every ring from now on; what was owed before, whoever begins to listen finds by himself. */
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
