// JSON Schemas of the forms Landfall may send: Discord's published OpenAPI document where it is at hand, else this table.
// https://docs.discord.com/developers/resources/message
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FormFault } from './errors.ts';

export type FormName = 'message' | 'edit' | 'post' | 'thread' | 'webhook' | 'webhookEdit' | 'commands' | 'callback';

/** The same forms in Discord's document. */
const PUBLISHED: Readonly<Record<FormName, object>> = {
  message: { $ref: 'discord#/components/schemas/MessageCreateRequest' },
  edit: { $ref: 'discord#/components/schemas/MessageEditRequestPartial' },
  post: { $ref: 'discord#/components/schemas/CreateForumThreadRequest' },
  thread: { $ref: 'discord#/components/schemas/CreateTextThreadWithMessageRequest' },
  webhook: { $ref: 'discord#/components/schemas/IncomingWebhookRequestPartial' },
  webhookEdit: { $ref: 'discord#/components/schemas/IncomingWebhookUpdateRequestPartial' },
  commands: {
    type: 'array',
    maxItems: 130,
    items: { $ref: 'discord#/components/schemas/ApplicationCommandUpdateRequest' },
  },
  callback: {
    $ref: 'discord#/paths/~1interactions~1{interaction_id}~1{interaction_token}~1callback/post/requestBody/content/application~1json/schema',
  },
};

const text = (max: number, min = 0) => ({
  type: ['string', 'null'],
  maxLength: max,
  ...(min > 0 ? { minLength: min } : {}),
});
const link = { type: ['string', 'null'], maxLength: 2048, format: 'uri' };
const snowflake = { type: 'string', pattern: '^(0|[1-9][0-9]*)$' };
const ids = (max: number) => ({ type: ['array', 'null'], maxItems: max, uniqueItems: true, items: snowflake });
const object = (properties: object, required: readonly string[] = []) => ({
  type: ['object', 'null'],
  properties,
  required,
});
const list = (max: number, items: object) => ({ type: ['array', 'null'], maxItems: max, items });
const embed = object({
  title: text(256),
  description: text(4096),
  url: link,
  color: { type: ['integer', 'null'], minimum: 0, maximum: 0xffffff },
  timestamp: { type: ['string', 'null'], format: 'date-time' },
  author: object({ name: text(256), url: link, icon_url: link }),
  footer: object({ text: text(2048), icon_url: link }),
  image: object({ url: link }),
  thumbnail: object({ url: link }),
  fields: list(
    25,
    object({ name: text(256), value: text(1024), inline: { type: ['boolean', 'null'] } }, ['name', 'value']),
  ),
});
const row = object(
  {
    type: { type: 'integer', minimum: 1, maximum: 17 },
    components: list(
      10,
      object(
        {
          type: { type: 'integer' },
          label: text(80),
          style: { type: 'integer', minimum: 1, maximum: 6 },
          url: { ...link, maxLength: 512 },
          custom_id: text(100, 1),
          placeholder: text(150),
          options: list(
            25,
            object({ label: text(100, 1), value: text(100, 1), description: text(100) }, ['label', 'value']),
          ),
        },
        ['type'],
      ),
    ),
  },
  ['type'],
);
const body = {
  content: text(2000),
  embeds: list(10, embed),
  components: list(40, row),
  flags: { type: ['integer', 'null'] },
  allowed_mentions: object({
    parse: list(3, { enum: ['users', 'roles', 'everyone'] }),
    users: ids(100),
    roles: ids(100),
    replied_user: { type: ['boolean', 'null'] },
  }),
  attachments: list(10, object({ description: text(1024), filename: text(1024) })),
};
const minutes = { enum: [60, 1440, 4320, 10_080, null] };
const localised = (max: number) => ({ type: ['object', 'null'], additionalProperties: text(max, 1) });
const option = {
  $id: 'option',
  type: 'object',
  properties: {
    type: { type: 'integer', minimum: 1, maximum: 11 },
    name: { type: 'string', pattern: "^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$" },
    name_localizations: localised(32),
    description: { type: 'string', minLength: 1, maxLength: 100 },
    description_localizations: localised(100),
    required: { type: ['boolean', 'null'] },
    choices: list(25, object({ name: text(100, 1), value: { type: ['string', 'number'] } }, ['name', 'value'])),
    options: { type: ['array', 'null'], maxItems: 25, items: { $ref: 'option' } },
  },
  required: ['type', 'name', 'description'],
};
const TABLE: Readonly<Record<FormName, object>> = {
  message: object({
    ...body,
    nonce: { anyOf: [{ type: ['integer', 'null'] }, text(25)] },
    enforce_nonce: { type: ['boolean', 'null'] },
    tts: { type: ['boolean', 'null'] },
    message_reference: object({ message_id: snowflake, fail_if_not_exists: { type: ['boolean', 'null'] } }, [
      'message_id',
    ]),
  }),
  edit: object(body),
  post: object({ name: text(100, 1), auto_archive_duration: minutes, applied_tags: ids(5), message: object(body) }, [
    'name',
    'message',
  ]),
  thread: object({ name: text(100, 1), auto_archive_duration: minutes }, ['name']),
  webhook: object({ ...body, username: text(80, 1), avatar_url: link, thread_name: text(100), applied_tags: ids(5) }),
  webhookEdit: object(body),
  commands: list(
    130,
    object({ ...option.properties, description: text(100), type: { type: ['integer', 'null'] } }, ['name']),
  ),
  callback: object(
    {
      type: { enum: [1, 4, 5, 6, 7, 8, 9] },
      data: object({
        ...body,
        choices: list(
          25,
          object({ name: text(100, 1), value: { anyOf: [text(100), { type: 'number' }] } }, ['name', 'value']),
        ),
      }),
    },
    ['type'],
  ),
};

export type FormCheck = (name: FormName, form: unknown) => readonly FormFault[];

/** `corpus`: a folder that holds `discord/openapi.json`, or null for the table. Compiled at first use. */
export function createFormCheck(corpus: string | null): FormCheck {
  const file = corpus === null ? null : join(corpus, 'discord', 'openapi.json');
  const published = file !== null && existsSync(file);
  const validators = opened(published ? file : null);
  return (name, form) => {
    const validate = validators(name);
    return validate(form) ? [] : (validate.errors ?? []).filter(isCause).map(toFault);
  };
}

const KEPT = new Map<string | null, (name: FormName) => ValidateFunction>();

/** Compiling Discord's document takes 100 ms: once per process, not per world. */
function opened(file: string | null): (name: FormName) => ValidateFunction {
  const kept = KEPT.get(file);
  if (kept !== undefined) return kept;
  const compiled = new Map<FormName, ValidateFunction>();
  let ajv: Ajv2020 | null = null;
  const validators = (name: FormName): ValidateFunction => {
    ajv ??= open(file);
    const validate = compiled.get(name) ?? ajv.compile((file === null ? TABLE : PUBLISHED)[name]);
    compiled.set(name, validate);
    return validate;
  };
  KEPT.set(file, validators);
  return validators;
}

function open(file: string | null): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['snowflake', 'nonce', 'int32', 'int53', 'int64', 'double']) ajv.addFormat(format, true);
  ajv.addSchema(file === null ? option : { $id: 'discord', ...(JSON.parse(readFileSync(file, 'utf8')) as object) });
  return ajv;
}

/** What `oneOf` and `anyOf` say of themselves is less than what their branches say. */
function isCause(error: ErrorObject): boolean {
  return error.keyword !== 'if';
}

function toFault(error: ErrorObject): FormFault {
  const path = error.instancePath.split('/').slice(1);
  const limit = String(error.params.limit ?? '');
  switch (error.keyword) {
    case 'maxLength':
      return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
    case 'minLength':
      return { path, code: 'BASE_TYPE_BAD_LENGTH', message: `Must be ${limit} or more in length.` };
    case 'maxItems':
      return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
    case 'required':
      return {
        path: [...path, String(error.params.missingProperty)],
        code: 'BASE_TYPE_REQUIRED',
        message: 'This field is required',
      };
    case 'format':
      return { path, code: 'URL_TYPE_INVALID_URL', message: `Not a well formed ${String(error.params.format)}.` };
    default:
      return { path, code: 'BASE_TYPE_CHOICES', message: error.message ?? error.keyword };
  }
}
