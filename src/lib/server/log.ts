import pino, { type Logger } from 'pino';

/**
 * The server's log. Only codes, counts, durations and random ids go in: never a token, a name, an
 * address of a person, or anything of the operation (docs/security.md).
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: {
      paths: [
        'token',
        '*.token',
        'authorization',
        '*.authorization',
        'headers',
        '*.headers',
        'body',
        '*.body',
      ],
      remove: true,
    },
    serializers: { err: errorForLog },
  });
}

/** Message and place of an error; details of database errors repeat parameters, so they are left out. */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    code: typeof code === 'string' ? code : undefined,
    stack: framesOf(error),
  };
}

/** The message stands before them, with as many lines as it has: it may repeat what was read. */
function framesOf({ stack = '', message }: Error): string[] {
  const rows = stack.slice(stack.indexOf(message) + message.length).split('\n');
  return rows.slice(1, 12).map((row) => row.trim());
}
