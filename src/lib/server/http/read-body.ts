import * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { BodyError, Call } from './call.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The JSON body of a call, checked by its schema before anything uses it. */
export async function readBody<S extends v.GenericSchema>(
  call: Call,
  schema: S,
  most: number,
): Promise<Result<v.InferOutput<S>, BodyError>> {
  const bytes = await call.read(most);
  if (!bytes.ok) return bytes;
  let raw: unknown;
  try {
    raw = JSON.parse(decoder.decode(bytes.value));
  } catch {
    return err('bad_request');
  }
  const read = v.safeParse(schema, raw);
  return read.success ? ok(read.output) : err('bad_request');
}
