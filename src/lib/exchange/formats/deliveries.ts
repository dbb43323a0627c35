import { CONSTRAINTS, CONVOY_STATUSES, MODALITIES } from '#lib/domain/records/vocabularies.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { FieldValue } from '../imported-record.ts';
import {
  dateReader,
  figureValue,
  localitiesOf,
  organisationsOf,
  readNames,
  type Reading,
  readSectors,
  readSource,
  type RowFormat,
  sectorsOf,
  sourceOf,
} from '../reading.ts';
import type { RowReader } from '../row-reader.ts';
import { readDegrees, readFigure, readLine, readText, readWord } from '../values/cells.ts';

/** Read nowhere: requests live in a stream of their own, a status needs its day and classifier. */
const NOT_CARRIED = ['date_approved', 'people_requested', 'access_status', 'country'] as const;

function readRowCells(row: RowReader, reading: Reading) {
  return {
    eventKey: row.need('event_key', readLine),
    date: row.need('date', dateReader(reading)),
    places: row.need('localities', readNames),
    status: row.read('status', (text) => readWord(CONVOY_STATUSES, text)) ?? ('delivered' as const),
    origin: row.read('origin', readLine),
    lead: row.read('lead', readNames),
    partners: row.read('partners', readNames),
    sectors: row.read('sectors', readSectors),
    items: row.read('items', readNames),
    modality: row.read('modality', (text) => readWord(MODALITIES, text)),
    trucks: row.read('trucks', (text) => readFigure(text)),
    approved: row.read('people_approved', (text) => readFigure(text, 'people')),
    reached: row.read('people_reached', (text) => readFigure(text, 'people')),
    constraint: row.read('constraint', (text) => {
      const code = CONSTRAINTS.find((known) => known === text.toUpperCase());
      return code === undefined ? err('unknown_value') : ok(code);
    }),
    removed: row.read('items_removed', readNames),
    claim: row.read('claim', readText),
    adm1: row.read('adm1_pcode', readLine),
    adm3: row.read('adm3_pcode', readLine),
    lat: row.read('lat', (text) => readDegrees(text, 90)),
    lon: row.read('lon', (text) => readDegrees(text, 180)),
  };
}

const union = (a: unknown, b: readonly FieldValue[] | undefined): FieldValue[] | undefined =>
  b === undefined ? undefined : [...new Set([...(Array.isArray(a) ? a : []), ...b])];

/**
 * One delivery to the places of a row: a stop of the convoy that `#activity+code` names, with what
 * it brought there as accepted values. Its source gives one report for all rows of the convoy, and
 * numbers in it only where the convoy has one stop.
 */
export const readDelivery: RowFormat = (row, reading) => {
  const { collection } = reading;
  const cells = readRowCells(row, reading);
  const sourceCells = readSource(row, false);
  const { eventKey, date, places, status } = cells;
  if (row.errors.length > 0 || !eventKey || !date || !places) return;

  const localities = localitiesOf(places, row, reading);
  const lead = cells.lead && organisationsOf(cells.lead, 'lead', row, reading);
  const partners = cells.partners && organisationsOf(cells.partners, 'partners', row, reading);
  const sectors = cells.sectors && sectorsOf(cells.sectors, row, reading);
  const convoy = collection.put('convoy', {
    eventKey,
    origin: cells.origin,
    leadOrganisation: lead?.[0],
    partners,
    modality: cells.modality,
    constraint: cells.constraint,
  });
  const figures = {
    trucks: figureValue(cells.trucks),
    approved: figureValue(cells.approved),
    reached: figureValue(cells.reached),
  };
  collection.put('stop', {
    convoy,
    localities,
    outcome: status,
    arrivedOn: date,
    trucksUnloaded: figures.trucks,
    peopleApproved: figures.approved,
    peopleReached: figures.reached,
    sectors,
  });
  for (const item of cells.removed ?? []) {
    collection.put('itemLine', { convoy, item, stage: 'removed', localities });
  }
  describePlace(localities, cells, reading);

  const source = sourceOf(sourceCells, reading);
  if (source !== undefined) {
    const id = collection.idByKey('report', `${convoy}|${source}|convoy`);
    const before = id === undefined ? undefined : collection.valuesOf('report', id);
    const isOnly = before === undefined || sameSet(before.localities, localities);
    const one = <T>(value: T | undefined): T | null | undefined => (isOnly ? value : null);
    collection.put('report', {
      convoy,
      source,
      scope: 'convoy',
      date: before === undefined || before.date === date ? date : undefined,
      status,
      localities: union(before?.localities, localities),
      organisations: union(before?.organisations, [...(lead ?? []), ...(partners ?? [])]),
      items: union(before?.items, cells.items),
      sectors: union(before?.sectors, sectors),
      modality: cells.modality,
      trucks: one(figures.trucks),
      people: one(figures.reached ?? figures.approved),
      peopleKind: one(figures.reached ? 'reached' : figures.approved && 'approved'),
      claim: cells.claim,
    });
  }
  for (const field of NOT_CARRIED) {
    if (row.text(field) === '') continue;
    reading.warn({ type: 'column_not_carried', file: row.file, column: row.heading(field) });
  }
};

const sameSet = (a: unknown, b: readonly string[]): boolean =>
  Array.isArray(a) && a.length === b.length && b.every((value) => a.includes(value));

/** Codes and position of a row say something of a place only where the row names one. */
function describePlace(
  localities: readonly string[],
  { adm1, adm3, lat, lon }: ReturnType<typeof readRowCells>,
  { collection }: Reading,
): void {
  const [id, ...others] = localities;
  if (id === undefined || others.length > 0) return;
  const known = collection.valuesOf('locality', id);
  const missing = <T>(field: string, value: T | undefined) =>
    known?.[field] === undefined ? value : undefined;
  const values = {
    adm1: missing('adm1', adm1),
    adm3: missing('adm3', adm3),
    lat: missing('lat', lat),
    lon: missing('lon', lon),
  };
  if (Object.values(values).some((value) => value !== undefined)) {
    collection.putAt('locality', id, values);
  }
}
