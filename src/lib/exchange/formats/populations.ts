import { ACCESS_STATUSES, POPULATION_KINDS } from '#lib/domain/records/vocabularies.ts';
import {
  dateReader,
  figureValue,
  localitiesOf,
  readNames,
  readSource,
  type RowFormat,
  sourceOf,
} from '../reading.ts';
import { readFigure, readLine, readWord } from '../values/cells.ts';

/**
 * What one series says of some places together, or of a total without places, on a day: how many
 * people, and with a status also that each of the places held it on that day, by that classifier.
 */
export const readPopulation: RowFormat = (row, reading) => {
  const asOf = row.need('as_of', dateReader(reading));
  const series = row.need('series', readLine);
  const status = row.read('status', (text) => readWord(ACCESS_STATUSES, text));
  const places = row.read('localities', readNames);
  const area = row.read('area', readLine);
  const total = row.read('total', readLine);
  const people = row.read('people', (text) => readFigure(text, 'people'));
  const kind = row.read('kind', (text) => readWord(POPULATION_KINDS, text)) ?? 'resident';
  const besiegingParty = row.read('besieging_party', readLine);
  const sourceCells = readSource(row, false);
  if (places === undefined && total === undefined && row.errors.length === 0) {
    row.fail('localities', 'required');
  }
  if (row.errors.length > 0 || asOf === undefined || series === undefined) return;

  const isStatus = status !== undefined && places !== undefined;
  if (people === undefined && !isStatus) {
    reading.warn({ type: 'nothing_to_record', file: row.file, row: row.row });
    return;
  }
  const source = sourceOf(sourceCells, reading);
  const localities = places && localitiesOf(places, row, reading);
  if (status !== undefined) {
    for (const locality of localities ?? []) {
      reading.collection.put('accessStatus', {
        locality,
        from: asOf,
        classifier: series,
        status,
        besiegingParty,
        source,
      });
    }
  }
  if (people !== undefined) {
    reading.collection.put('population', {
      series,
      localities,
      area,
      total,
      status,
      asOf,
      people: figureValue(people),
      kind,
      source,
    });
  }
};
