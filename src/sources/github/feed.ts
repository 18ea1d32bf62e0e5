// The tags named in one of the Atom feeds of GitHub's web site.
import { Parser } from 'htmlparser2';

/**
 * The tags of the entries; null when the text is not a complete feed. The releases feed also lists plain tags, and does not
 * mark them or prereleases, so an entry proves no more than that its tag exists.
 */
export function readFeed(text: string): readonly string[] | null {
  const tags: string[] = [];
  const path: string[] = [];
  let id = '';
  let complete = false;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        path.push(name);
        if (name === 'entry') id = '';
      },
      ontext: (part) => {
        if (path.join('/') === 'feed/entry/id') id += part;
      },
      onclosetag: (name, implied) => {
        path.pop();
        if (implied) return;
        if (name === 'feed') complete = true;
        const tag = /^tag:[^,]+,\d+:Repository\/\d+\/(.+)$/.exec(id.trim())?.[1];
        if (name === 'entry' && tag !== undefined) tags.push(tag);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return complete ? tags : null;
}
