import { deepStrictEqual } from 'node:assert';
import { DatabaseSync } from 'node:sqlite';
import {
  type AccessRecords,
  buildAccess,
  localityStops,
} from '#lib/domain/access/access-records.ts';
import { computeGaps, gapsOfLocality } from '#lib/domain/access/gaps.ts';
import { ANY_DELIVERY, lensTest } from '#lib/domain/access/lens.ts';
import { AS_OF, generatedDataset } from './generated-stops.ts';
import { atLeast, atMost, type Bench, beside, median, timed } from './measure.ts';

const ROUNDS = 7;
const SEED = 20160629;

/**
 * The same answer by window functions: the ends of all stops up to the start of each, in one order
 * of days in which starts come before ends, because a stop is before another only if it ended
 * earlier.
 */
const SQL = `
WITH event AS (
  SELECT locality, earliest AS day, 0 AS isEnd, earliest, latest FROM stop WHERE earliest <= :asOf
  UNION ALL
  SELECT locality, latest, 1, earliest, latest FROM stop WHERE earliest <= :asOf
), seen AS (
  SELECT locality, isEnd, earliest, latest,
    MAX(CASE WHEN isEnd = 1 THEN latest END) OVER before AS latestBefore,
    MAX(CASE WHEN isEnd = 1 THEN earliest END) OVER before AS earliestBefore
  FROM event
  WINDOW before AS (PARTITION BY locality ORDER BY day, isEnd ROWS UNBOUNDED PRECEDING)
)
SELECT locality, earliest, latest, earliest - latestBefore, latest - earliestBefore
FROM seen WHERE isEnd = 0 AND latestBefore IS NOT NULL
GROUP BY locality, earliest, latest
UNION ALL
SELECT locality, NULL, NULL, :asOf - MAX(latest), :asOf - MAX(earliest) FROM stop
WHERE earliest <= :asOf GROUP BY locality`;

type GapRow = readonly [string, number | null, number | null, number, number];

function sqliteWith(records: AccessRecords): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE stop (locality TEXT, earliest INTEGER, latest INTEGER)');
  db.exec('BEGIN');
  const insert = db.prepare('INSERT INTO stop VALUES (?, ?, ?)');
  for (const { locality, delivered } of records.localities.values()) {
    for (const { date } of delivered) insert.run(locality, date.earliest, date.latest);
  }
  db.exec('CREATE INDEX byStart ON stop (locality, earliest, latest)');
  db.exec('CREATE INDEX byEnd ON stop (locality, latest, earliest)');
  db.exec('COMMIT');
  db.exec('ANALYZE');
  return db;
}

function rowsOf(records: AccessRecords): GapRow[] {
  return computeGaps(records, { asOf: AS_OF }).flatMap(({ locality, recorded }) => {
    const dates = new Map(
      (records.localities.get(locality)?.delivered ?? []).map((stop) => [stop.id, stop.date]),
    );
    const closed = recorded.gaps.map(({ to, days }): GapRow => {
      const date = dates.get(to.stops[0] ?? '');
      return [locality, date?.earliest ?? null, date?.latest ?? null, ...days];
    });
    return recorded.open ? [...closed, [locality, null, null, ...recorded.open.days]] : closed;
  });
}

const inOrder = (rows: readonly GapRow[]): string[] => rows.map((row) => row.join()).sort();

/** Indicator 1 of every place, against the same answer by SQLite in the same run. */
export const gapsBench: Bench = {
  name: 'gaps',
  run: async () => {
    const dataset = generatedDataset(SEED);
    const prepared: number[] = [];
    prepared.push(timed(() => buildAccess(dataset)));
    const records = buildAccess(dataset);
    const db = sqliteWith(records);
    const query = db.prepare(SQL);
    query.setReturnArrays(true);
    const asOf = { asOf: AS_OF };
    deepStrictEqual(inOrder(rowsOf(records)), inOrder(query.all(asOf) as unknown as GapRow[]));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(timed(() => computeGaps(records, { asOf: AS_OF })));
      theirs.push(timed(() => query.all(asOf)));
    }
    db.close();
    return [
      atMost('gaps of 1,000 localities, 100,000 stops', median(ours), 'ms', 150),
      atLeast(
        'times faster than window functions in SQLite',
        median(theirs) / median(ours),
        '×',
        3,
      ),
      beside('the same by window functions in SQLite', median(theirs), 'ms'),
      atMost('gaps again after one edit', median(afterOneEdit(records)), 'ms', 5),
      beside('reading 100,000 stops into integers, once', median(prepared), 'ms'),
    ];
  },
};

/** One stop more in one locality: its arrays anew, and its gaps. */
function afterOneEdit(records: AccessRecords): readonly number[] {
  const test = lensTest(ANY_DELIVERY, records.dataset.organisation);
  return [...records.localities.values()].slice(0, 50).map(({ locality, delivered }) =>
    timed(() => {
      const stops = localityStops(locality, [...delivered, ...delivered.slice(0, 1)]);
      gapsOfLocality(stops, records.dataset.locality.get(locality), AS_OF, ANY_DELIVERY, test);
    }),
  );
}
