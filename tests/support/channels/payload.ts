// Discord's published description of its API as a judge of our messages, where it is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const file =
  process.env.LANDFALL_CORPUS === undefined ? null : join(process.env.LANDFALL_CORPUS, 'discord', 'openapi.json');

export const described = file !== null && existsSync(file);

/** What is wrong with the body of a new message; always nothing when the description is not at hand. */
export function payloadCheck(): (message: unknown) => readonly string[] {
  if (file === null || !described) {
    process.stderr.write(
      'messages are not checked against the description of Discord: LANDFALL_CORPUS does not name a folder that has it\n',
    );
    return () => [];
  }
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    formats: {
      snowflake: /^\d{1,20}$/,
      nonce: true,
      int53: true,
      uri: true,
      int32: true,
      int64: true,
      double: true,
      'date-time': true,
    },
  });
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')), 'discord');
  const validate = ajv.compile({ $ref: 'discord#/components/schemas/MessageCreateRequest' });
  return (message) =>
    validate(message) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
