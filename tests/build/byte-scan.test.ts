import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanBytes } from '../support/byte-scan.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'scan-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function found(content: Buffer | string): string[] {
  writeFileSync(join(folder, 'file'), content);
  return scanBytes(folder, ['Zamalka', 'زملكا']).map((hit) => `${hit.word} ${hit.as}`);
}

test('finds a word in every spelling that a browser could store', () => {
  expect(found('xxZamalkaxx')).toEqual(['Zamalka UTF-8']);
  expect(found(Buffer.from('xزملكاx', 'utf8'))).toEqual(['زملكا UTF-8']);
  expect(found(Buffer.from('xZamalkax', 'utf16le'))).toContain('Zamalka UTF-16 LE');
  expect(found(Buffer.from('xZamalkax', 'utf16le').swap16())).toContain('Zamalka UTF-16 BE');
  for (const before of ['', 'a', 'ab', 'abc']) {
    expect(found(Buffer.from(`${before}Zamalka and more`).toString('base64'))).toEqual([
      'Zamalka base64',
    ]);
  }
});

test('finds nothing where nothing is', () => {
  expect(found('Crossline')).toEqual([]);
});
