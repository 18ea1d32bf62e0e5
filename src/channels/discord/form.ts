// Serialises form data with files to bytes, since one library's FormData is not accepted by another.
import type { Attachment } from './page.ts';

export interface WrittenForm {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Includes the boundary. */
  readonly type: string;
}

export async function writeForm(form: FormData): Promise<WrittenForm> {
  const written = new Response(form);
  return {
    bytes: new Uint8Array(await written.arrayBuffer()),
    type: written.headers.get('content-type') ?? 'multipart/form-data',
  };
}

/** The body of a request by Discord's client; for a form, sets the content type in the headers. */
export async function bodyOf(body: unknown, headers: Headers): Promise<string | Uint8Array<ArrayBuffer> | null> {
  if (typeof body === 'string') return body;
  if (!(body instanceof FormData)) return null;
  const { bytes, type } = await writeForm(body);
  headers.set('content-type', type);
  return bytes;
}

/** A file in the form that Discord's client expects. */
export function fileOf({ name, data }: Attachment) {
  return { name, data: Buffer.from(data), contentType: 'image/png' };
}
