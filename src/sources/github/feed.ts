// The tags that an Atom feed of GitHub's web site names.
import { Parser } from 'htmlparser2';

/**
 * The tags of the entries; null when the text is no complete feed. The feed of releases lists bare tags among them and
 * tells neither apart, nor prereleases: so all it can say of an entry is that its tag is there.
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
