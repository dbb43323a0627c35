import {
  CONVOY_STATUSES,
  MODALITIES,
  PEOPLE_KINDS,
  REPORT_SCOPES,
} from '#lib/domain/records/vocabularies.ts';
import {
  dateReader,
  figureValue,
  localitiesOf,
  organisationsOf,
  readNames,
  readSectors,
  readSource,
  type RowFormat,
  sectorsOf,
  sourceOf,
} from '../reading.ts';
import { readFigure, readLine, readList, readText, readWord } from '../values/cells.ts';

/**
 * One source's report of one convoy. Rows with one `event_key` are reports of one convoy. Blank
 * cells are unknown, but for `scope` (convoy) and `people_kind` (intended).
 */
export const readReport: RowFormat = (row, reading) => {
  const eventKey = row.need('event_key', readLine);
  const date = row.read('date', dateReader(reading));
  const status = row.read('status', (text) => readWord(CONVOY_STATUSES, text));
  const outcomeAsReported = row.read('outcome_as_reported', readLine);
  const scope = row.read('scope', (text) => readWord(REPORT_SCOPES, text)) ?? 'convoy';
  const modality = row.read('modality', (text) => readWord(MODALITIES, text));
  const places = row.read('localities', readNames);
  const trucks = row.read('trucks', (text) => readFigure(text));
  const people = row.read('people', (text) => readFigure(text, 'people'));
  const peopleKind = row.read('people_kind', (text) => readWord(PEOPLE_KINDS, text));
  const organisations = row.read('organisations', readNames);
  const sectors = row.read('sectors', readSectors);
  const items = row.read('items', readList);
  const claim = row.read('claim', readText);
  const sourceCells = readSource(row, true);
  if (row.errors.length > 0 || eventKey === undefined) return;

  const source = sourceOf(sourceCells, reading);
  const convoy = reading.collection.put('convoy', { eventKey });
  const values = {
    convoy,
    source,
    scope,
    date,
    localities: places && localitiesOf(places, row, reading, scope === 'total'),
    trucks: figureValue(trucks),
    people: figureValue(people),
    peopleKind: people && (peopleKind ?? 'intended'),
    organisations: organisations && organisationsOf(organisations, 'organisations', row, reading),
    modality,
    items,
    sectors: sectors && sectorsOf(sectors, row, reading),
    status,
    outcomeAsReported,
    claim,
  };
  const key = `${convoy}|${source}|${scope}`;
  if (!reading.isRepeated(row, key, values)) reading.collection.put('report', values);
};
