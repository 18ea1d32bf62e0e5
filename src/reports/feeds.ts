// The addresses of the feeds that the file watches. Only reads.
import type { Db } from '../store/define.ts';
import { targetsById } from '../store/targets.ts';
import { fileWatches } from '../store/watches.ts';

/** Without addresses that contain a variable, which may be a secret. */
export async function watchedFeeds(db: Db): Promise<readonly string[]> {
  const ids = (await fileWatches(db)).map(({ targetId }) => targetId);
  const rows = [...(await targetsById(db, ids)).values()];
  return [...new Set(rows.flatMap(({ target }) => (target.source === 'feed' ? [target.address] : [])))]
    .filter((address) => !address.includes('${'))
    .toSorted();
}
