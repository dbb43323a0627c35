import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Hit {
  readonly file: string;
  readonly word: string;
  readonly as: string;
}

/**
 * Where any of the words stands in any file below a folder: as UTF-8, as UTF-16 (both orders), or
 * inside base64 at any of its three alignments. What a locked phone's profile is searched with.
 */
export function scanBytes(folder: string, words: readonly string[]): Hit[] {
  const needles = words.flatMap((word) =>
    spellings(word).map(([as, bytes]) => ({ word, as, bytes })),
  );
  const hits: Hit[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const content = readFileSync(file);
    for (const { word, as, bytes } of needles) {
      if (content.includes(bytes)) hits.push({ file, word, as });
    }
  }
  return hits;
}

function spellings(word: string): [string, Buffer][] {
  const utf8 = Buffer.from(word, 'utf8');
  const utf16 = Buffer.from(word, 'utf16le');
  return [
    ['UTF-8', utf8],
    ['UTF-16 LE', utf16],
    ['UTF-16 BE', Buffer.from(utf16).swap16()],
    ...base64Cores(utf8).map((core): [string, Buffer] => ['base64', Buffer.from(core)]),
    ...base64Cores(utf16).map((core): [string, Buffer] => ['base64 of UTF-16', Buffer.from(core)]),
  ];
}

/** The part of the base64 that the bytes alone decide, for each place they can have in a triple. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const coded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const start = Math.ceil((offset * 4) / 3);
    const end = Math.floor(((offset + bytes.length) * 4) / 3);
    return coded.slice(start, end);
  });
}
