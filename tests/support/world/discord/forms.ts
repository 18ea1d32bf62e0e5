// JSON Schemas of the forms that Landfall sends, from the OpenAPI document published by Discord.
// https://github.com/discord/discord-api-spec
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FormFault } from './errors.ts';

export type FormName = 'message' | 'edit' | 'post' | 'thread' | 'webhook' | 'webhookEdit' | 'commands' | 'callback';

/** Where each form is in Discord's document, of which `fixtures/` contains the parts that are used. */
const published: Readonly<Record<FormName, object>> = {
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

export type FormCheck = (name: FormName, form: unknown) => readonly FormFault[];

/** Compiling Discord's schemas takes 100 ms, so it is done once per process, not per world. */
const compiled = new Map<FormName, ValidateFunction>();
let ajv: Ajv2020 | null = null;

function validator(name: FormName): ValidateFunction {
  ajv ??= open();
  const validate = compiled.get(name) ?? ajv.compile(published[name]);
  compiled.set(name, validate);
  return validate;
}

/** The faults of a form according to Discord's published schema. */
export const checkForm: FormCheck = (name, form) => {
  const validate = validator(name);
  return validate(form) ? [] : (validate.errors ?? []).filter(isCause).map(toFault);
};

function open(): Ajv2020 {
  const made = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(made);
  for (const format of ['snowflake', 'nonce', 'int32', 'int53', 'int64', 'double']) made.addFormat(format, true);
  const file = new URL('./fixtures/openapi.json', import.meta.url);
  made.addSchema({ $id: 'discord', ...(JSON.parse(readFileSync(file, 'utf8')) as object) });
  return made;
}

/** Of a failed `if`, only the errors of its branches matter. */
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
