import {
  ACCESS_STATUSES,
  LOCALITY_KINDS,
  ORGANISATION_TYPES,
} from '#lib/domain/records/vocabularies.ts';
import { nameKey } from '#lib/domain/names/name-key.ts';
import { err, ok } from '#lib/domain/result.ts';
import { dateReader, figureValue, type RowFormat, sourceOf } from '../reading.ts';
import {
  readDegrees,
  readFigure,
  readLine,
  readList,
  readText,
  readWord,
} from '../values/cells.ts';
import type { CellResult } from '../values/cells.ts';

function readName(text: string): CellResult<string> {
  const line = readLine(text);
  return line.ok && nameKey(text) === '' ? err('not_a_name') : line;
}

const namesByLanguage = (
  names: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([language, name]) => (name ? [[language, name]] : [])),
  );

/**
 * A place, by the name that the file gives first: `name`, else its English, French or Arabic one.
 * HXL files may also say its status and its people in need, each with the day it was so.
 */
export const readLocality: RowFormat = (row, reading) => {
  const inEnglish = row.read('name_en', readName);
  const inArabic = row.read('name_ar', readName);
  const inFrench = row.read('name_fr', readName);
  const name = row.read('name', readName) ?? inEnglish ?? inFrench ?? inArabic;
  const aliases = row.read('aliases', readList);
  const pcode = row.read('pcode', readLine);
  const adm3 = row.read('adm3_pcode', readLine);
  const values = {
    pcode,
    adm1: row.read('adm1_pcode', readLine),
    adm2: row.read('adm2_pcode', readLine),
    adm3,
    kind: row.read('kind', (text) => readWord(LOCALITY_KINDS, text)),
    parentArea: row.read('parent_area', readLine),
    lat: row.read('lat', (text) => readDegrees(text, 90)),
    lon: row.read('lon', (text) => readDegrees(text, 180)),
    recordsSince: row.read('records_since', dateReader(reading)),
  };
  const people = row.read('people', (text) => readFigure(text, 'people'));
  const peopleAsOf = row.read('people_as_of', dateReader(reading));
  const status = row.read('status', (text) => readWord(ACCESS_STATUSES, text));
  const statusSince = row.read('status_since', dateReader(reading));
  const besiegingParty = row.read('besieging_party', readLine);
  const classifier = row.read('classifier', readLine);
  const url = row.read('source_url', readText);
  if (name === undefined && row.errors.length === 0) row.fail('name', 'required');
  if (row.errors.length > 0 || name === undefined) return;

  const names = namesByLanguage({ en: inEnglish, ar: inArabic, fr: inFrench });
  const described = { name, names, aliases: aliases ?? [] };
  const id = reading.places.define({
    ...described,
    ...(pcode === undefined ? {} : { pcode }),
    ...(adm3 === undefined ? {} : { adm3 }),
  });
  reading.collection.putAt('locality', id, { ...values, verified: true });

  const about = { file: row.file, row: row.row };
  const source = sourceOf({ title: classifier, url, publisher: undefined }, reading);
  if (status !== undefined && statusSince !== undefined && classifier !== undefined) {
    reading.collection.put('accessStatus', {
      locality: id,
      from: statusSince,
      classifier,
      status,
      besiegingParty,
      source,
    });
  } else if (status !== undefined) {
    reading.warn({ type: 'status_without_date', ...about, column: row.heading('status') });
  }
  if (people !== undefined && peopleAsOf !== undefined) {
    reading.collection.put('population', {
      series: classifier ?? row.file,
      localities: [id],
      asOf: peopleAsOf,
      people: figureValue(people),
      kind: 'in_need',
      source,
    });
  } else if (people !== undefined) {
    reading.warn({ type: 'nothing_to_record', ...about, column: row.heading('people') });
  }
};

/** An organisation by acronym, or by name where it has none. */
export const readOrganisation: RowFormat = (row, { collection }) => {
  const name = row.need('name', readLine);
  const acronym = row.read('acronym', readLine);
  const type = row.read('type', (text) => readOrganisationType(text));
  if (row.errors.length > 0 || name === undefined) return;
  const id = collection.put('organisation', { name, acronym, type });
  const byName = `name ${nameKey(name)}`;
  if (collection.idByKey('organisation', byName) === undefined) {
    collection.learnKey('organisation', byName, id);
  }
};

function readOrganisationType(text: string): CellResult<string> {
  const read = readWord(ORGANISATION_TYPES, text);
  return read.ok ? ok(read.value) : read;
}
