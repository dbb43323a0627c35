import { DatabaseSync } from 'node:sqlite';
import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { type Day, monthIndexOf, spanOfMonth } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';

/**
 * Indicators 1, 3 and 4 of the generated records by SQLite, as a good query would answer them: all
 * it needs is in tables with indexes, dates are days, places are numbers, pairs of them too.
 */

/**
 * The ends of all stops up to the start of each, in one order of days in which starts come before
 * ends, because a stop is before another only if it ended earlier.
 */
const GAPS = `
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

const COVERAGE = `
WITH turn AS (
  SELECT locality, status, ROW_NUMBER() OVER (PARTITION BY locality ORDER BY day DESC, id DESC) AS n
  FROM status WHERE day <= :asOf
)
SELECT turn.locality,
  MAX(CASE WHEN earliest >= :since AND latest <= :asOf THEN 2
    WHEN latest >= :since AND earliest <= :asOf THEN 1 ELSE 0 END)
FROM turn LEFT JOIN stop ON stop.locality = turn.locality
WHERE turn.n = 1 AND turn.status = 'besieged' GROUP BY turn.locality`;

/**
 * Of each pair of places and month: the most people of a delivery to the one, the other and both;
 * then the greater of the two alone and both together, capped at the people counted there.
 */
const REACH = `
WITH turn AS (
  SELECT month, month.day AS day, locality, status, ROW_NUMBER() OVER (
    PARTITION BY month, locality ORDER BY status.day DESC, status.id DESC) AS n
  FROM month JOIN status ON status.day <= month.day
), held AS (
  SELECT month, day, locality / 2 AS pair, MAX(locality % 2 = 0) AS a, MAX(locality % 2 = 1) AS b
  FROM turn WHERE n = 1 AND status = 'besieged' GROUP BY month, pair
), most AS (
  SELECT month, pair,
    MAX(CASE WHEN place = 0 THEN people END) AS a,
    MAX(CASE WHEN place = 1 THEN people END) AS b,
    MAX(CASE WHEN place = 2 THEN people END) AS j
  FROM delivery GROUP BY month, pair
), counted AS (
  SELECT month, pair, place, people, ROW_NUMBER() OVER (
    PARTITION BY month, pair, place ORDER BY population.day DESC, population.id DESC) AS n
  FROM month JOIN population ON population.day <= month.day
), people AS (
  SELECT month, pair,
    MAX(CASE WHEN place = 0 THEN people END) AS a,
    MAX(CASE WHEN place = 1 THEN people END) AS b,
    MAX(CASE WHEN place = 2 THEN people END) AS j
  FROM counted WHERE n = 1 GROUP BY month, pair
), pairs AS (
  SELECT held.month, held.a AS hasA, held.b AS hasB, people.a AS pa, people.b AS pb, people.j AS pj,
    CASE WHEN held.a THEN most.a END AS a,
    CASE WHEN held.b THEN most.b END AS b,
    CASE WHEN held.a AND held.b THEN most.j END AS j
  FROM held LEFT JOIN most USING (month, pair) LEFT JOIN people USING (month, pair)
), best AS (
  SELECT month,
    pj IS NULL OR (hasA AND hasB) AS isCounted,
    CASE
      WHEN IFNULL(a, 0) + IFNULL(b, 0) < IFNULL(j, 0)
        THEN CASE WHEN pj IS NOT NULL THEN MIN(j, pj) ELSE j END
      WHEN pj IS NULL THEN IFNULL(MIN(a, pa), 0) + IFNULL(MIN(b, pb), 0)
      WHEN hasA AND hasB THEN MIN(IFNULL(a, 0) + IFNULL(b, 0), pj)
      ELSE IFNULL(a, 0) + IFNULL(b, 0)
    END AS people,
    CASE WHEN pj IS NULL THEN hasA * IFNULL(pa, 0) + hasB * IFNULL(pb, 0)
      WHEN hasA AND hasB THEN pj ELSE 0 END AS population
  FROM pairs
)
SELECT month, SUM(people), SUM(people * isCounted), SUM(population)
FROM best GROUP BY month ORDER BY month`;

type Row = readonly (string | number | null)[];

const dayOfText = (text: string): Day => {
  const read = parsePartialDate(text);
  if (!read.ok) throw new Error(text);
  return read.value.earliest;
};
const numberOf = (locality: string): number => Number(locality.slice('locality'.length));

export interface SqliteAnswers {
  gaps(): readonly Row[];
  coverage(): readonly Row[];
  reach(): readonly Row[];
  close(): void;
}

export function sqliteAnswers(
  { localities, months, dataset }: AccessRecords,
  { asOf, since }: { readonly asOf: Day; readonly since: Day },
): SqliteAnswers {
  const db = new DatabaseSync(':memory:');
  db.exec(`
    CREATE TABLE stop (locality INTEGER, earliest INTEGER, latest INTEGER);
    CREATE TABLE delivery (month INTEGER, pair INTEGER, place INTEGER, people INTEGER);
    CREATE TABLE status (id TEXT, locality INTEGER, day INTEGER, status TEXT);
    CREATE TABLE population (id TEXT, pair INTEGER, place INTEGER, day INTEGER, people INTEGER);
    CREATE TABLE month (month INTEGER PRIMARY KEY, day INTEGER);
    BEGIN`);
  const stop = db.prepare('INSERT INTO stop VALUES (?, ?, ?)');
  for (const { locality, delivered } of localities.values()) {
    for (const { date } of delivered) stop.run(numberOf(locality), date.earliest, date.latest);
  }
  const placeOf = (ids: readonly string[]): readonly [pair: number, place: number] => {
    const number = numberOf(ids[0] ?? '');
    return [Math.floor(number / 2), ids.length > 1 ? 2 : number % 2];
  };
  const delivery = db.prepare('INSERT INTO delivery VALUES (?, ?, ?, ?)');
  for (const [month, stops] of months) {
    for (const { localities: ids, people } of stops) {
      if (people.reached) delivery.run(month, ...placeOf(ids), people.reached.value.n);
    }
  }
  const status = db.prepare('INSERT INTO status VALUES (?, ?, ?, ?)');
  for (const one of dataset.accessStatus.values()) {
    status.run(one.id, numberOf(one.locality), dayOfText(one.from), one.status);
  }
  const population = db.prepare('INSERT INTO population VALUES (?, ?, ?, ?, ?)');
  for (const { id, localities: ids, asOf: day, people } of dataset.population.values()) {
    population.run(id, ...placeOf(ids ?? []), dayOfText(day), people.n);
  }
  const month = db.prepare('INSERT INTO month VALUES (?, ?)');
  for (let index = monthIndexOf(since); index <= monthIndexOf(asOf); index++) {
    month.run(index, spanOfMonth(index).latest);
  }
  db.exec(`
    CREATE INDEX stopByStart ON stop (locality, earliest, latest);
    CREATE INDEX stopByEnd ON stop (locality, latest, earliest);
    CREATE INDEX deliveryByMonth ON delivery (month, pair, place, people);
    CREATE INDEX statusByPlace ON status (locality, day, id, status);
    CREATE INDEX populationByPlace ON population (pair, place, day, id, people);
    COMMIT;
    ANALYZE`);
  const asking = (sql: string, parameters: Record<string, number>): (() => readonly Row[]) => {
    const query = db.prepare(sql);
    query.setReturnArrays(true);
    return () => query.all(parameters) as unknown as readonly Row[];
  };
  return {
    gaps: asking(GAPS, { asOf }),
    coverage: asking(COVERAGE, { asOf, since }),
    reach: asking(REACH, {}),
    close: () => {
      db.close();
    },
  };
}
