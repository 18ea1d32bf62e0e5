// The JSON Schema of the configuration, for editors: generated from the grammar that also checks the file.
import { z } from 'zod';
import type { ChannelKind } from '../channels/define.ts';
import type { SourceKind } from '../sources/define.ts';
import { channelSchema, fileSchema, labWatchSchema, pledgeSchema, watchSchema } from './grammar.ts';

/** Draft 7, the version editors support best. `landfall schema` prints it; `config/landfall.schema.json` is a copy. */
export function configSchema(
  sources: readonly SourceKind[],
  channels: readonly ChannelKind[],
): Readonly<Record<string, unknown>> {
  const channel = z.union(channels.map((kind) => channelSchema(kind).meta({ title: `${kind.kind} channel` })));
  const watch = z.union([
    ...sources.map((source) => watchSchema(source).meta({ title: `${source.kind} watch` })),
    labWatchSchema.meta({ title: 'lab watch' }),
  ]);
  const { $schema, ...schema } = z.toJSONSchema(fileSchema(channel, watch, pledgeSchema), {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      allowVariables(jsonSchema);
      if (path.at(-1) === 'on') allowAlone(jsonSchema);
    },
  });
  return { $schema, title: 'Landfall configuration', ...schema };
}

/** The text of `config/landfall.schema.json`. */
export function schemaText(sources: readonly SourceKind[], channels: readonly ChannelKind[]): string {
  return `${JSON.stringify(configSchema(sources, channels), null, 2)}\n`;
}

/** A string limited to an enum or a pattern may also contain a variable. */
function allowVariables(schema: z.core.JSONSchema.BaseSchema): void {
  const { enum: words, pattern, type } = schema;
  if (type !== 'string' || (words === undefined && pattern === undefined)) return;
  const strict = {
    type,
    ...(words === undefined ? {} : { enum: words }),
    ...(pattern === undefined ? {} : { pattern }),
  };
  delete schema.type;
  delete schema.enum;
  delete schema.pattern;
  schema.anyOf = [strict, { type, pattern: String.raw`\$\{[A-Za-z_]` }];
}

/** A list with one element may be written without brackets: `on: release`. */
function allowAlone(schema: z.core.JSONSchema.BaseSchema): void {
  const { type, items, minItems } = schema;
  if (type !== 'array' || typeof items !== 'object' || Array.isArray(items)) return;
  delete schema.type;
  delete schema.items;
  delete schema.minItems;
  schema.anyOf = [items, { type, items, ...(minItems === undefined ? {} : { minItems }) }];
}
