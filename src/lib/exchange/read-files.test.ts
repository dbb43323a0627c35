import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FilesRead, type InputFile, readFiles, type ReadOptions } from './read-files.ts';

const fixture = (name: string): InputFile => ({
  name,
  content: readFileSync(new URL(`../../../tests/fixtures/${name}`, import.meta.url)),
});
const NAMES = ['claims', 'siege_population', 'convoy_reports', 'organisations', 'localities'];
const FILES = NAMES.map((name) => fixture(`${name}.csv`));

function read(files: readonly InputFile[], options?: Partial<ReadOptions>): FilesRead {
  const result = readFiles(files, { operation: 'files', ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const csv = (name: string, content: string): InputFile => ({ name, content });

describe('files of an operation', () => {
  const all = read(FILES);
  const { dataset } = all;
  const localityNamed = (name: string) =>
    [...dataset.locality.values()].find((locality) => locality.name === name);
  const convoy = (key: string) =>
    [...dataset.convoy.values()].find((record) => record.eventKey === key);

  it('reads every row, whatever the order of the files', () => {
    expect(all.errors).toEqual([]);
    expect(dataset.report.size).toBe(80);
    expect(dataset.claim.size).toBe(25);
    expect(dataset.organisation.size).toBe(15);
    expect(dataset.locality.size).toBe(46);
    const reversed = read([...FILES].reverse());
    const ids = (result: FilesRead) => result.records.map(({ id }) => id).sort();
    expect(ids(reversed)).toEqual(ids(all));
  });

  it('finds one place under all its spellings, and eight reports of one convoy', () => {
    const id = convoy('2016-06-29-zamalka-erbin')?.id;
    const reports = [...dataset.report.values()].filter((report) => report.convoy === id);
    expect(reports).toHaveLength(8);
    const places = new Set(reports.flatMap((report) => report.localities ?? []));
    expect(places).toEqual(new Set([localityNamed('Zamalka')?.id, localityNamed('Arbin')?.id]));
  });

  it('keeps the sector with its place', () => {
    const id = convoy('2016-01-18-zabadani')?.id;
    const report = [...dataset.report.values()].find((one) => one.convoy === id);
    const [madaya, zabadani] = [localityNamed('Madaya')?.id, localityNamed('Az-Zabdani')?.id];
    expect(report?.sectors).toEqual([`LOG@${madaya}`, `FSC@${zabadani}`, `HEA@${zabadani}`]);
  });

  it('makes no place of what only a total names', () => {
    expect(localityNamed('five besieged areas')).toBeUndefined();
    expect(all.warnings).toContainEqual(
      expect.objectContaining({ type: 'place_of_total', value: 'five besieged areas', row: 32 }),
    );
  });

  it('makes a place of its own of an unknown name, and names what comes near', () => {
    expect(localityNamed('Orem')).toMatchObject({ verified: false });
    expect(all.warnings).toContainEqual(
      expect.objectContaining({ value: 'Orem', near: expect.arrayContaining(['Urem al-Kubra']) }),
    );
  });

  it('gives each place of a status row the status, and the set one population', () => {
    const arbin = localityNamed('Arbin')?.id ?? '';
    const statuses = [...dataset.accessStatus.values()].filter((one) => one.locality === arbin);
    expect(statuses.map(({ from, classifier, status }) => [from, classifier, status])).toEqual([
      ['2016-01-18', 'UN', 'besieged'],
      ['2016-06-16', 'UN', 'besieged'],
    ]);
    const shared = [...dataset.population.values()].find((one) => one.people.n === 39_000);
    expect(shared?.localities).toHaveLength(2);
    expect(shared).toMatchObject({ series: 'UN', asOf: '2016-06-16', kind: 'resident' });
  });

  it('knows a source by its address: one record for its reports, claims and figures', () => {
    const urls = [...dataset.source.values()].map((source) => source.url);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls).toHaveLength(66);
  });

  it('changes nothing when the same files come again, and makes the same ids everywhere', () => {
    const again = read(FILES, { existing: dataset });
    expect(again.dataset).toEqual(dataset);
    expect(read(FILES).records).toEqual(all.records);
    expect(read(FILES, { operation: 'another' }).records[0]?.id).not.toBe(all.records[0]?.id);
  });

  it('finds again a place that a person named otherwise', () => {
    const place = { id: 'made-by-hand', name: 'عربين', aliases: ['Irbin'] };
    const existing = { ...read([fixture('organisations.csv')]).dataset };
    const withPlace = { ...existing, locality: new Map([[place.id, place]]) };
    const { dataset: after } = read(
      [
        csv('r.csv', 'event_key,localities,source_title\na,Irbin; Arbin,x\n'),
        fixture('localities.csv'),
      ],
      { existing: withPlace },
    );
    expect([...after.report.values()][0]?.localities).toContain('made-by-hand');
  });
});

describe('rows with errors', () => {
  const HEADER = 'event_key,date,trucks,people_kind,localities,source_title\n';

  it('names row, column, value and reason of each, and reads the others', () => {
    const { errors, dataset } = read([
      csv(
        'r.csv',
        `${HEADER}a,31/02/2016,-4,reached,Arbin,x\n,2016-06-29,3,,Arbin,x\nb,2016-06-29,3,,Arbin,x\n`,
      ),
    ]);
    expect(errors).toEqual([
      { file: 'r.csv', row: 2, column: 'date', value: '31/02/2016', reason: 'no_such_day' },
      { file: 'r.csv', row: 2, column: 'trucks', value: '-4', reason: 'negative' },
      { file: 'r.csv', row: 3, column: 'event_key', value: '', reason: 'required' },
    ]);
    expect([...dataset.convoy.values()].map((convoy) => convoy.eventKey)).toEqual(['b']);
    expect(dataset.report.size).toBe(1);
  });

  it('takes a repeated row once, and refuses one that contradicts an earlier one', () => {
    const row = 'a,2016-06-29,38,,Arbin,x\n';
    const twice = read([csv('r.csv', HEADER + row + row)]);
    expect(twice.dataset.report.size).toBe(1);
    expect(twice.warnings.map(({ type }) => type)).toContain('repeated_row');
    const other = read([csv('r.csv', `${HEADER}${row}a,2016-06-29,37,,Arbin,x\n`)]);
    expect(other.errors).toMatchObject([
      { row: 3, reason: 'differs_from_earlier_row', detail: 'r.csv:2' },
    ]);
    expect([...other.dataset.report.values()][0]?.trucks).toEqual({ q: '=', n: 38 });
  });

  it('reads the lens of a claim, and refuses one that nobody could look through', () => {
    const header = 'event_key,kind,lens,claim\n';
    const rows = 'a,first_since,org=WFP; sector=FSC,x\na,all_reached,status=besieged,y\n';
    const { errors, dataset } = read([
      csv('c.csv', `${header}${rows}a,first_since,colour=red,z\n`),
    ]);
    expect(dataset.claim.size).toBe(2);
    expect(errors).toMatchObject([{ row: 4, column: 'lens', reason: 'unknown_lens' }]);
  });

  it('warns of a column that says nothing to us, and of an unknown sector', () => {
    const { warnings, errors } = read([
      csv('r.csv', 'event_key,sectors,weather,source_title\na,FSC; FOOD,rain,x\n'),
    ]);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      { type: 'extra_column', file: 'r.csv', column: 'weather' },
      { type: 'unknown_sector', file: 'r.csv', row: 2, column: 'sectors', value: 'FOOD' },
    ]);
  });
});

describe('files that are no table of a known kind', () => {
  it.each([
    ['a,b\n1,2\n', 'unrecognised_columns'],
    ['event_key,date,status\n', 'no_rows'],
    ['date,status,trucks\n2016,delivered,3\n', 'missing_column'],
    ['name,name\na,b\n', 'duplicate_column'],
    ['', 'empty_file'],
  ])('%j is refused', (content, type) => {
    const result = readFiles([csv('x.csv', content)], { operation: 'files' });
    expect(!result.ok && result.error.map((error) => error.type)).toEqual([type]);
  });

  it('reads other headings through a mapping', () => {
    const map = new Map([
      ['Mission', 'event_key'],
      ['Lorries', 'trucks'],
      ['Source', 'source_title'],
    ]);
    const { dataset } = read([csv('x.csv', 'Mission;Lorries;Source\nm1;12;log book\n')], { map });
    expect([...dataset.report.values()][0]?.trucks).toEqual({ q: '=', n: 12 });
  });
});

describe('HXL files', () => {
  const deliveries = [
    'Convoy,When,Where,Trucks,Reached,Lead,Source',
    '#activity+code,#date+occurred,#loc+dest+name,#output+num+trucks,#reached+ind,#org+prog+name,#meta+source',
    'EX-1,2016-06-29,Arbin|Zamalka,38,20000,UN,Reuters',
    'EX-1,2016-06-30,Duma,5,,UN,Reuters',
    '',
  ].join('\n');

  it('makes a stop of each delivery, and one report of its source', () => {
    const { dataset, errors } = read([csv('d.csv', deliveries), fixture('localities.csv')]);
    expect(errors).toEqual([]);
    const stops = [...dataset.stop.values()];
    expect(stops.map((stop) => [stop.localities.length, stop.trucksUnloaded?.n])).toEqual([
      [2, 38],
      [1, 5],
    ]);
    expect(stops[0]).toMatchObject({ outcome: 'delivered', peopleReached: { q: '=', n: 20_000 } });
    const reports = [...dataset.report.values()];
    expect(reports).toHaveLength(1);
    expect(reports[0]?.localities).toHaveLength(3);
    expect(reports[0]?.trucks).toBeUndefined();
  });

  it('changes nothing when a delivery file comes again', () => {
    const first = read([csv('d.csv', deliveries)]);
    expect(read([csv('d.csv', deliveries)], { existing: first.dataset }).dataset).toEqual(
      first.dataset,
    );
  });

  it('reads places with their codes, status and people in need', () => {
    const { dataset } = read([
      csv(
        'l.csv',
        'A,B,C,D,E,F,G\n#loc+name+i_en,#loc+name+i_ar,#adm3+code+v_pcode,#access+status,#date+start,#meta+source,#geo+lat\n' +
          'Arbin,عربين,SY030106,besieged,2013,Siege Watch,33.5\n',
      ),
    ]);
    const [place] = dataset.locality.values();
    expect(place).toMatchObject({
      name: 'Arbin',
      names: { ar: 'عربين' },
      adm3: 'SY030106',
      lat: 33.5,
    });
    expect([...dataset.accessStatus.values()]).toMatchObject([
      { locality: place?.id, from: '2013', classifier: 'Siege Watch', status: 'besieged' },
    ]);
  });
});

describe('whatever a file holds', () => {
  const headings = fc.constantFrom(
    'event_key,date,trucks,localities,organisations,sectors,people,items,source_title',
    'name,aliases,lat,kind',
    'as_of,series,status,localities,people',
    'event_key,kind,claim,since,localities',
    'acronym,name,type',
  );
  const cell = fc.oneof(
    fc.constantFrom(
      '2016-06-29',
      'Arbin; Zamalka',
      'FSC@Arbin',
      '38',
      '~20000',
      'besieged',
      'UN',
      'x',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const quoted = cell.map((text) => `"${text.replace(/"/g, '""')}"`);
  const rows = fc.array(fc.array(quoted, { maxLength: 9 }), { minLength: 1, maxLength: 12 });

  it('each row is read or told, and what is read can be read again', () => {
    fc.assert(
      fc.property(headings, rows, (header, body) => {
        const file = csv('f.csv', [header, ...body.map((cells) => cells.join(','))].join('\n'));
        const result = readFiles([file], { operation: 'files' });
        if (!result.ok) return;
        const again = read([file], { existing: result.value.dataset });
        expect(again.dataset).toEqual(result.value.dataset);
      }),
      { numRuns: 300 },
    );
  });
});
