import { err, ok, type Result } from '#lib/domain/result.ts';
import { MAX_FILE_BYTES, MAX_LINE_BYTES } from '../limits.ts';
import type { FileError } from '../problems.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256' | 'windows-1252';

/** How much of a file is looked at to tell text from rubbish and one code page from another. */
const SAMPLE = 65_536;

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTF-16 without a mark: text of markup and digits has a zero in every other byte. */
function utf16WithoutMark(bytes: Uint8Array): Encoding | null {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.3 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.3 && odd < pairs * 0.02) return 'utf-16be';
  return null;
}

/**
 * Windows-1256 keeps the French accented letters where 1252 has them and fills the rest with Arabic.
 * Arabic words are runs of high bytes, accents stand between plain letters.
 */
function windowsCodePage(bytes: Uint8Array): Encoding {
  let inRuns = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0xc0) continue;
    const besides = (bytes[at - 1] ?? 0) >= 0xc0 || (bytes[at + 1] ?? 0) >= 0xc0;
    if (besides) inRuns++;
    else alone++;
  }
  return inRuns > alone ? 'windows-1256' : 'windows-1252';
}

/** The encoding of a file: its mark, else UTF-16 by its zeros, UTF-8 when valid, a Windows page. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return utf16WithoutMark(bytes) ?? (isValidUtf8(bytes) ? 'utf-8' : windowsCodePage(bytes));
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** Control signs that no text has: one is a slip of a keyboard, many are a picture or a program. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufffe\uffff]/g;

function isRubbish(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  if (sample.includes('\u0000')) return true;
  const controls = sample.match(CONTROL)?.length ?? 0;
  return controls > 2 && controls > sample.length * 0.005;
}

/** Where the first line longer than allowed stands, counted from 1; null when there is none. */
export function firstLongLine(bytes: Uint8Array): number | null {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    if ((end < 0 ? bytes.length : end) - start > MAX_LINE_BYTES) return line;
    if (end < 0) return null;
    start = end + 1;
    line++;
  }
}

/** Bytes of a file to its text without a byte order mark; line breaks become `\n`. */
export function decodeText(file: string, bytes: Uint8Array): Result<string, FileError> {
  if (bytes.length === 0) return err({ type: 'empty_file', file });
  if (bytes.length > MAX_FILE_BYTES) {
    return err({ type: 'file_too_large', file, detail: `${MAX_FILE_BYTES} B` });
  }
  if (isZip(bytes)) return err({ type: 'not_csv', file });
  const longLine = firstLongLine(bytes);
  if (longLine !== null) {
    return err({ type: 'line_too_long', file, row: longLine, detail: `${MAX_LINE_BYTES} B` });
  }
  const encoding = detectEncoding(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return err({ type: 'broken_encoding', file, detail: encoding });
  }
  if (isRubbish(text)) return err({ type: 'not_text', file });
  const unified = text.replace(/\r\n?/g, '\n');
  return unified.trim() === '' ? err({ type: 'empty_file', file }) : ok(unified);
}
