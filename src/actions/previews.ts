// Looks that people in Discord ask for by hand, counted per guild and hour. In memory: a restart forgives them.

/** Looks beside the schedule: previews, and those that let a paused watch go on. */
export interface Previews {
  /** False: the guild has had all of this hour. */
  readonly take: (guild: string, most: number, nowMs: number) => boolean;
}

export function createPreviews(): Previews {
  const taken = new Map<string, readonly number[]>();
  return {
    take: (guild, most, nowMs) => {
      const recent = (taken.get(guild) ?? []).filter((at) => at > nowMs - 3_600_000);
      const free = recent.length < most;
      taken.set(guild, free ? [...recent, nowMs] : recent);
      return free;
    },
  };
}
