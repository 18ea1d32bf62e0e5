// Fits an embed into all of Discord's limits, whatever it is given.
import { cut } from './text.ts';

export type EmbedField = { readonly name: string; readonly value: string; readonly inline?: boolean };

export type Embed = {
  readonly title?: string;
  readonly url?: string;
  readonly color?: number;
  readonly description?: string;
  readonly author?: { readonly name: string };
  readonly fields?: readonly EmbedField[];
  readonly thumbnail?: { readonly url: string };
  readonly footer?: { readonly text: string };
};

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits, counted in UTF-16 units. */
export const limits = {
  title: 256,
  description: 4_096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  footer: 2_048,
  author: 256,
  url: 2_048,
  total: 6_000,
  content: 2_000,
} as const;

/** The characters that Discord counts towards a message's limit of 6,000. */
export function weightOf(embed: Embed): number {
  const fields = (embed.fields ?? []).reduce((sum, field) => sum + field.name.length + field.value.length, 0);
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  return fields + texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

/** As many whole lines as fit; `rest` renders the number of lines left out. */
export function fitLines(lines: readonly string[], most: number, rest: (left: number) => string): string {
  const whole = lines.join('\n');
  if (whole.length <= most) return whole;
  let shown = '';
  for (const [index, line] of lines.entries()) {
    const tail = rest(lines.length - index);
    const left = rest(lines.length - index - 1);
    if (shown === '' && line.length + left.length + 1 > most) return cut(`${line}\n${left}`, most);
    if (shown !== '' && shown.length + line.length + left.length + 2 > most) return `${shown}\n${tail}`;
    shown = shown === '' ? line : `${shown}\n${line}`;
  }
  return shown;
}

function fitField(field: EmbedField): readonly EmbedField[] {
  const name = cut(field.name, limits.fieldName);
  const value = cut(field.value, limits.fieldValue);
  return name === '' || value === '' ? [] : [{ ...field, name, value }];
}

/**
 * Every part is cut to its own limit, empty parts are dropped, and the whole is fitted into `room` by shortening the
 * description first, then dropping the last fields. Title, author and footer are kept.
 */
export function fitEmbed(embed: Embed, room: number = limits.total): Embed {
  const title = cut(embed.title ?? '', limits.title);
  const author = cut(embed.author?.name ?? '', limits.author);
  const footer = cut(embed.footer?.text ?? '', limits.footer);
  let description = cut(embed.description ?? '', limits.description);
  let fields = (embed.fields ?? []).flatMap(fitField).slice(0, limits.fields);
  const build = (): Embed => ({
    ...(title === '' ? {} : { title }),
    ...(embed.url === undefined || embed.url.length > limits.url || title === '' ? {} : { url: embed.url }),
    ...(embed.color === undefined ? {} : { color: embed.color }),
    ...(author === '' ? {} : { author: { name: author } }),
    ...(embed.thumbnail === undefined || embed.thumbnail.url.length > limits.url ? {} : { thumbnail: embed.thumbnail }),
    ...(description === '' ? {} : { description }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(footer === '' ? {} : { footer: { text: footer } }),
  });
  const over = weightOf(build()) - room;
  if (over > 0) description = cut(description, description.length - over);
  while (fields.length > 0 && weightOf(build()) > room) fields = fields.slice(0, -1);
  return build();
}
