import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ErrorCode } from '#lib/protocol/codes.ts';

export type BodyError = Extract<ErrorCode, 'too_large' | 'bad_request'>;

/**
 * A request, and where it comes from. Not a `Request` of the web: making one, with its streams, from
 * what Node has costs as much as storing a push does (docs/adr/0160).
 */
export interface Call {
  readonly method: string;
  /** The address of the caller. */
  readonly address: string;
  /** A header by its name in small letters; null when it is not there. */
  header(name: string): string | null;
  /** The whole body, read once. Reading stops at `most` bytes, whatever the headers say. */
  read(most: number): Promise<Result<Uint8Array, BodyError>>;
}

/** What a call is answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}

/** A request of the web as a call: in development, and in tests of one process. */
export function callOf(request: Request, address: string): Call {
  const { headers, body } = request;
  return {
    method: request.method,
    address,
    header: (name) => headers.get(name),
    read: async (most) => {
      if (saysTooMuch(headers.get('content-length'), most)) return err('too_large');
      const chunks: Uint8Array[] = [];
      let size = 0;
      try {
        for await (const chunk of (body ?? []) as unknown as AsyncIterable<Uint8Array>) {
          size += chunk.length;
          if (size > most) return err('too_large');
          chunks.push(chunk);
        }
      } catch (error) {
        const status = (error as { status?: unknown } | null)?.status;
        return err(status === 413 ? 'too_large' : 'bad_request');
      }
      return ok(Buffer.concat(chunks));
    },
  };
}

/** Whether a body is too long by its own account. */
export const saysTooMuch = (length: string | null | undefined, most: number): boolean =>
  Number(length ?? 0) > most;

export const responseOf = ({ status, headers, body }: Answer): Response =>
  new Response(body as BodyInit, { status, headers });
