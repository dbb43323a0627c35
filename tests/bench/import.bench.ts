import { readFiles } from '#lib/exchange/read-files.ts';
import { atMost, type Bench, timed } from './measure.ts';

const ROWS = 50_000;

function manyReports(): string {
  const rows = [
    'event_key,date,status,localities,trucks,people,organisations,sectors,source_title',
  ];
  for (let i = 0; i < ROWS; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const places = `Place ${i % 900}; Town ${i % 700}`;
    rows.push(
      `event${i >> 1},2016-03-${day},delivered,${places},${i % 60},~${i},UN; ICRC,FSC,s${i % 400}`,
    );
  }
  return rows.join('\n');
}

/** Reading a file of 50,000 rows to records, all of its checks included. */
export const importBench: Bench = {
  name: 'import',
  run: async () => {
    const content = manyReports();
    const spent = timed(() => {
      const read = readFiles([{ name: 'many.csv', content }], { operation: 'files' });
      if (!read.ok || read.value.dataset.report.size !== ROWS) throw new Error('not all were read');
    });
    return [atMost('reading 50,000 rows of a file', spent / 1_000, 's', 15)];
  },
};
