// A name that belongs to another repository now, through the built command: it is said, and nobody inherits anything.
import { expect, it } from 'vitest';
import { openPlace, textOf } from '../support/e2e/place.ts';

const tags = Array.from({ length: 25 }, (_, n) => `v3.${n}`);

it.each([
  ['GraphQL', 0],
  ['REST alone', 100],
])(
  'by %s: what has the name of a watched repository or model is said to be another one, and takes a baseline',
  async (_, times) => {
    const place = await openPlace();
    try {
      const { github, huggingface } = place.world;
      github.api.faults.plan(/graphql/, { kind: 'answer', status: 501, headers: {}, body: '{}' }, { times });
      const first = github.repo('acme/tiny', {});
      first.release({ tag: 'v1' });
      const moved = github.repo('acme/moved', {});
      moved.release({ tag: 'v1' });
      const listed = github.repo('club/bike', {});
      listed.release({ tag: 'v1' });
      const files = { 'model.safetensors': { size: 5e9 } };
      const model = huggingface.model('acme/wisp', { files, licence: 'mit' });
      const gone = huggingface.model('acme/gone', { files, licence: 'mit' });
      const watches = [
        'huggingface: acme/gone',
        'github: acme/tiny',
        'github: acme/moved',
        'github: club',
        'huggingface: acme/wisp',
      ];
      await place.configure(watches.map((watch) => `- ${watch}`).join('\n'));
      expect((await place.once()).said).toEqual([]);

      first.release({ tag: 'v2' });
      moved.rename('elsewhere/moved');
      gone.rename('elsewhere/gone');
      const known = await place.once();
      expect(known.said.join('\n')).toContain('acme/tiny v2');

      first.remove();
      model.remove();
      listed.remove();
      const newcomer = github.repo('acme/tiny', {});
      for (const tag of tags) newcomer.release({ tag });
      github.repo('acme/moved', {}).release({ tag: 'v8' });
      github.repo('club/bike', {}).release({ tag: 'v5' });
      for (const name of ['acme/wisp', 'acme/gone']) huggingface.model(name, { files, licence: 'apache-2.0' });
      const taken = await place.once();
      const told = taken.said.join('\n');
      expect([taken.code, taken.stderr]).toEqual([0, expect.not.stringContaining('internal error')]);
      expect(told.match(/its name belongs to another repository now/g)?.length).toBeGreaterThanOrEqual(5);
      expect(told).not.toMatch(/v3\.|v8|licence changed|more added/i);
      expect(told).toMatch(/club\/bike\n\*\*published/);
      for (const name of ['acme/tiny', 'acme/moved', 'acme/wisp', 'acme/gone']) expect(told).toContain(name);
      expect(place.channel.messages().map(textOf).join('\n')).toMatch(/acme\/tiny v2/);

      expect((await place.once()).said).toEqual([]);
      newcomer.release({ tag: 'v4' });
      const later = await place.once();
      expect(later.said.map((text) => text.split('\n', 1)[0])).toEqual(['acme/tiny v4']);

      if (times > 0) return;
      const why = await place.run('why acme/tiny/releases/tag/v3.7');
      expect(why.stdout).toMatch(/belonged\s+to\s+another\s+repository\s+before\s+\(id\s+\d+,\s+now\s+\d+\)/);
      const old = await place.run('why acme/tiny/releases/tag/v2');
      expect(old.stdout).toMatch(/told/);
      expect(place.world.unexpected()).toEqual([]);
    } finally {
      await place.close();
    }
  },
);
