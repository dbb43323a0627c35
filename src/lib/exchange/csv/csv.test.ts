import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../limits.ts';
import { collectBytes } from './collect-bytes.ts';
import { decodeText, detectEncoding } from './decode.ts';
import { detectDelimiter, readTable } from './table.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, isBigEndian: boolean, mark = true): Uint8Array {
  const units = mark ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < units.length; at++)
    view.setUint16(at * 2, units.charCodeAt(at), !isBigEndian);
  return bytes;
}

const reason = (bytes: Uint8Array): string => {
  const read = decodeText('x.csv', bytes);
  return read.ok ? 'read' : read.error.type;
};

describe('encodings', () => {
  const text = 'name,name_ar\nArbin,عربين\n';

  it('reads UTF-8 with and without a mark, and UTF-16 of both orders', () => {
    for (const bytes of [
      utf8(text),
      utf8(`\ufeff${text}`),
      utf16(text, false),
      utf16(text, true),
      utf16(text, false, false),
    ]) {
      expect(decodeText('x.csv', bytes)).toEqual({ ok: true, value: text });
    }
  });

  it('tells Windows-1256 from 1252 by the runs of Arabic letters', () => {
    // "عربين" in Windows-1256, and "Été à Orléans" in Windows-1252
    const arabic = Uint8Array.from([...utf8('name\n'), 0xda, 0xd1, 0xc8, 0xed, 0xe4]);
    expect(detectEncoding(arabic)).toBe('windows-1256');
    expect(decodeText('x.csv', arabic)).toEqual({ ok: true, value: 'name\nعربين' });
    const french = Uint8Array.from([
      ...utf8('name\n'),
      ...[0xc9, 0x74, 0xe9, 0x20, 0xe0, 0x20, 0x4f, 0x72, 0x6c, 0xe9, 0x61, 0x6e, 0x73],
    ]);
    expect(detectEncoding(french)).toBe('windows-1252');
    expect(decodeText('x.csv', french)).toEqual({ ok: true, value: 'name\nÉté à Orléans' });
  });

  it('names what no table is: nothing, rubbish, a workbook, one endless line', () => {
    expect(reason(utf8(''))).toBe('empty_file');
    expect(reason(utf8(' \n\n'))).toBe('empty_file');
    expect(reason(utf8('PK\u0003\u0004 and so on'))).toBe('not_csv');
    expect(reason(Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256))).toBe(
      'not_text',
    );
    expect(reason(new Uint8Array(2_000_000).fill(0x61))).toBe('line_too_long');
    expect(reason(new Uint8Array(MAX_FILE_BYTES + 1))).toBe('file_too_large');
  });
});

describe('files in pieces', () => {
  it('stops reading at a line that is too long, and says which one', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield utf8('name\nArbin\n');
      for (; given < 800; given++) yield new Uint8Array(65_536).fill(0x61);
    }
    const read = await collectBytes('x.csv', endless());
    expect(read).toMatchObject({ ok: false, error: { type: 'line_too_long', row: 3 } });
    expect(given).toBeLessThan(20);
  });

  it('gives the same bytes however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        async (bytes, size) => {
          async function* pieces(): AsyncGenerator<Uint8Array> {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          }
          expect(await collectBytes('x.csv', pieces())).toEqual({ ok: true, value: bytes });
        },
      ),
    );
  });
});

describe('tables', () => {
  it('takes comma, semicolon and tab, whichever parts the first row most', () => {
    expect(detectDelimiter('a,b;c,d\n1,2;3,4')).toBe(',');
    expect(detectDelimiter('a;b;c\n1,5;2;3')).toBe(';');
    expect(detectDelimiter('a\tb\tc\n')).toBe('\t');
    expect(detectDelimiter('name\nArbin')).toBe(',');
  });

  it('counts rows as a spreadsheet does, whatever line breaks and blank rows there are', () => {
    const table = readTable('x.csv', 'name,claim\n"a","two\nlines"\n,\n\nb,"say ""so"""\n');
    expect(table).toMatchObject({
      ok: true,
      value: {
        header: ['name', 'claim'],
        rows: [
          { row: 2, cells: ['a', 'two\nlines'] },
          { row: 5, cells: ['b', 'say "so"'] },
        ],
      },
    });
  });

  it('finds the HXL row below titles, and takes the row above it as the header', () => {
    const table = readTable(
      'x.csv',
      'Deliveries 2016,\nPlace,Trucks\n#loc+name,#output+trucks\nArbin,38\n',
    );
    expect(table).toMatchObject({
      ok: true,
      value: {
        header: ['Place', 'Trucks'],
        hxl: ['#loc+name', '#output+trucks'],
        rows: [{ row: 4 }],
      },
    });
  });

  it('says where a quote is never closed', () => {
    const table = readTable('x.csv', 'name\nArbin\n"Zamalka\nand so on\n');
    expect(table).toMatchObject({ ok: false, error: { type: 'unclosed_quote', row: 3 } });
  });

  it('reads back every table that was written', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.replace(/\r/g, '').trim());
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(rows, (body) => {
        const text = Papa.unparse([['name', 'b', 'c'], ...body], { newline: '\n' });
        const table = readTable('x.csv', text);
        const filled = body.filter((cells) => cells.some((one) => one !== ''));
        if (filled.length === 0) expect(table.ok).toBe(false);
        else expect(table.ok && table.value.rows.map((row) => row.cells)).toEqual(filled);
      }),
    );
  });

  it('never throws, whatever bytes it is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const text = decodeText('x.csv', bytes);
        if (text.ok) readTable('x.csv', text.value);
      }),
    );
  });
});
