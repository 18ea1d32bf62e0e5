// Computes a story's openness card, with the licence table that ships with the program.
import { recogniseLicence } from '../stories/licences.ts';
import type { Newest } from '../stories/newest.ts';
import { openness } from '../stories/openness/card.ts';
import { foldName, type LicenceTable, readLicences } from '../stories/openness/table.ts';
import { weightsDetail } from '../stories/turns.ts';
import type { Iso } from '../types/core.ts';
import type { Openness, Story } from '../types/story.ts';
import { ownSpdxTexts, ownTable } from './files.ts';

/** The whole model was withdrawn (or its address is another's now) and has not come back; a single release does not count. */
function isWithdrawn(story: Story): boolean {
  const last = story.marks.findLast(
    (mark) =>
      (mark.detail === null || mark.detail === weightsDetail) && ['withdrawn', 'replaced', 'back'].includes(mark.turn),
  );
  return last !== undefined && last.turn !== 'back';
}

/** Whether a licence lets everybody use, change and redistribute data. */
function openLicences(table: LicenceTable): (id: string) => boolean {
  return (id) => {
    const entry = table.byId.get(foldName(id));
    return entry?.class === 'osi' || entry?.class === 'open-data';
  };
}

/** Null when neither weights nor a licence have been seen, so that nothing can be said about openness. */
export function cardOf(): (story: Story, newest: Newest, now: Iso) => Openness | null {
  let table: LicenceTable | null = null;
  return (story, newest, now) => {
    const { known } = story;
    const seen =
      known.files !== undefined ||
      known.artefact === 'adapter' ||
      known.licence !== undefined ||
      known.licenceText !== undefined;
    if (!seen) return null;
    table ??= readLicences(ownTable('licences'), ownSpdxTexts);
    const name =
      story.sort === 'model' && story.subject !== null
        ? story.subject.slice(story.subject.indexOf(':') + 1).replace(/~.*/, '')
        : null;
    const place = story.sort === 'model' ? 'model' : story.sort === 'news' ? 'none' : 'code';
    return openness(known, recogniseLicence(known, table, name), {
      place,
      url: story.url,
      at: now,
      withdrawn: isWithdrawn(story),
      isOpenLicence: openLicences(table),
      ...(newest.open === null ? {} : { newestOpen: newest.open }),
      ...(newest.overall === null ? {} : { newestOverall: newest.overall }),
    });
  };
}
