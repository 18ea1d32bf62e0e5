// A form with files as bytes: one library's form is no form to another that is to send it.
import type { Attachment } from './page.ts';

export interface WrittenForm {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** With the boundary between its parts. */
  readonly type: string;
}

export async function writeForm(form: FormData): Promise<WrittenForm> {
  const written = new Response(form);
  return {
    bytes: new Uint8Array(await written.arrayBuffer()),
    type: written.headers.get('content-type') ?? 'multipart/form-data',
  };
}

/** What a request of Discord's client carries; a form names its type in the headers. */
export async function bodyOf(body: unknown, headers: Headers): Promise<string | Uint8Array<ArrayBuffer> | null> {
  if (typeof body === 'string') return body;
  if (!(body instanceof FormData)) return null;
  const { bytes, type } = await writeForm(body);
  headers.set('content-type', type);
  return bytes;
}

/** As Discord's client takes a file. */
export function fileOf({ name, data }: Attachment) {
  return { name, data: Buffer.from(data), contentType: 'image/png' };
}
