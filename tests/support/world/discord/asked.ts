// A request as Discord's routes see it, after authorisation: its form, its files, and the state they work on.
import type { Params } from '../routes.ts';
import type { Ask, Said } from '../service.ts';
import type { Form } from './form.ts';
import type { FormCheck } from './forms.ts';
import type { Upload } from './messages.ts';
import type { DiscordState } from './state.ts';

export interface Asked {
  readonly ask: Ask;
  readonly params: Params;
  readonly state: DiscordState;
  readonly check: FormCheck;
  readonly form: Form;
  /** A JSON body that is an array (commands). */
  readonly items: readonly unknown[] | null;
  readonly uploads: readonly Upload[];
}

export type DiscordRoute = (asked: Asked) => Said | null;

export interface ReadBody {
  readonly form: Form;
  readonly items: readonly unknown[] | null;
  readonly uploads: readonly Upload[];
}

/** Parses JSON, or multipart with `payload_json` and `files[n]`; null = neither. */
export async function readBody(ask: Ask): Promise<ReadBody | null> {
  if (ask.body.length === 0) return { form: {}, items: null, uploads: [] };
  const type = ask.headers['content-type'] ?? '';
  try {
    if (!type.startsWith('multipart/form-data')) return { ...parsed(ask.body.toString('utf8')), uploads: [] };
    const data = await new Response(new Uint8Array(ask.body), { headers: { 'content-type': type } }).formData();
    const uploads: Upload[] = [];
    for (const [name, value] of data) {
      if (typeof value !== 'string' && name.startsWith('files['))
        uploads.push({ filename: value.name, size: value.size });
    }
    const json = data.get('payload_json');
    return { ...parsed(typeof json === 'string' ? json : '{}'), uploads };
  } catch {
    return null;
  }
}

function parsed(text: string): { form: Form; items: readonly unknown[] | null } {
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value)) return { form: {}, items: value };
  return { form: value !== null && typeof value === 'object' ? (value as Form) : {}, items: null };
}
