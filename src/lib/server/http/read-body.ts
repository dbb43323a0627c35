import * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ErrorCode } from '#lib/protocol/codes.ts';

type BodyError = Extract<ErrorCode, 'too_large' | 'bad_request'>;

/**
 * The JSON body of a request, checked by its schema before anything uses it. Reading stops at
 * `most` bytes, whatever the headers say.
 */
export async function readBody<S extends v.GenericSchema>(
  request: Request,
  schema: S,
  most: number,
): Promise<Result<v.InferOutput<S>, BodyError>> {
  const text = await readText(request, most);
  if (!text.ok) return text;
  let raw: unknown;
  try {
    raw = JSON.parse(text.value);
  } catch {
    return err('bad_request');
  }
  const read = v.safeParse(schema, raw);
  return read.success ? ok(read.output) : err('bad_request');
}

async function readText(request: Request, most: number): Promise<Result<string, BodyError>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return err('too_large');
  if (!request.body) return ok('');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most) return err('too_large');
      text += decoder.decode(chunk, { stream: true });
    }
    return ok(text + decoder.decode());
  } catch (error) {
    const status = (error as { status?: unknown } | null)?.status;
    return err(status === 413 ? 'too_large' : 'bad_request');
  }
}
