import { parseLens } from '#lib/domain/access/lens.ts';
import { ACCESS_STATUSES, CLAIM_KINDS, SINCE_KINDS } from '#lib/domain/records/vocabularies.ts';
import { err } from '#lib/domain/result.ts';
import {
  dateReader,
  localitiesOf,
  readNames,
  readSource,
  type RowFormat,
  sourceOf,
} from '../reading.ts';
import { type CellResult, readLine, readText, readWord } from '../values/cells.ts';

const STATUS = /^status\s*=\s*(\w+)$/;

/** A lens as `parseLens` reads it; a claim that all were reached may also say of which status. */
function readLens(text: string): CellResult<string> {
  const rest = text.split(';').filter((part) => {
    const status = STATUS.exec(part.trim())?.[1];
    return !ACCESS_STATUSES.some((known) => known === status);
  });
  const lens = parseLens(rest.join(';'));
  return lens.ok ? readLine(text) : err(lens.error.type);
}

/** A claim of a report, in parts that can be checked. Its convoy may be known from other files. */
export const readClaim: RowFormat = (row, reading) => {
  const eventKey = row.need('event_key', readLine);
  const kind = row.need('kind', (text) => readWord(CLAIM_KINDS, text));
  const places = row.read('localities', readNames);
  const lens = row.read('lens', readLens);
  const since = row.read('since', dateReader(reading));
  const sinceIs = row.read('since_is', (text) => readWord(SINCE_KINDS, text));
  const text = row.need('claim', readText);
  const sourceCells = readSource(row, false);
  if (row.errors.length > 0 || eventKey === undefined) return;

  const { collection } = reading;
  if (collection.idByKey('convoy', eventKey) === undefined) {
    const about = { file: row.file, row: row.row, column: row.heading('event_key') };
    reading.warn({ type: 'unknown_event', ...about, value: eventKey });
  }
  collection.put('claim', {
    convoy: collection.put('convoy', { eventKey }),
    kind,
    localities: places && localitiesOf(places, row, reading),
    lens,
    since,
    sinceIs,
    text,
    source: sourceOf(sourceCells, reading),
  });
};
