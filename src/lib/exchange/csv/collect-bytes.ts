import { err, ok, type Result } from '#lib/domain/result.ts';
import { MAX_FILE_BYTES, MAX_LINE_BYTES } from '../limits.ts';
import type { FileError } from '../problems.ts';

/**
 * The bytes of a file that comes in pieces (from disk, from a picker). It stops reading at the first
 * line or the whole file being too large, so that memory stays bounded whatever is given.
 */
export async function collectBytes(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<Result<Uint8Array, FileError>> {
  const kept: Uint8Array[] = [];
  let size = 0;
  let line = 1;
  let lineLength = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MAX_FILE_BYTES) {
      return err({ type: 'file_too_large', file, detail: `${MAX_FILE_BYTES} B` });
    }
    let start = 0;
    for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, start)) {
      if (lineLength + end - start > MAX_LINE_BYTES) break;
      lineLength = 0;
      line++;
      start = end + 1;
    }
    lineLength += piece.length - start;
    if (lineLength > MAX_LINE_BYTES) {
      return err({ type: 'line_too_long', file, row: line, detail: `${MAX_LINE_BYTES} B` });
    }
    kept.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of kept) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return ok(bytes);
}
