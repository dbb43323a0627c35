import type { Day } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { WarningCode } from '#lib/domain/records/warnings/warning.ts';
import type { ConvoyDraft } from './convoy-draft.ts';
import type { ReadFigures } from './draft-edits.ts';

export type OddValue = 'trucks' | 'people' | 'future' | 'old' | 'noPlace';

/** The largest convoys on published record: 120 trucks, 150,000 people (30,000 families). */
const MANY_TRUCKS = 150;
const MANY_PEOPLE = 200_000;
const MANY_FAMILIES = 40_000;
const TWENTY_YEARS = 7_305;

/** What looks like a slip. It is asked about once and never refused. */
export function oddValues(
  draft: ConvoyDraft,
  { trucks, people }: ReadFigures,
  today: Day,
): readonly OddValue[] {
  const odd: OddValue[] = [];
  if (trucks && (trucks.m ?? trucks.n) > MANY_TRUCKS) odd.push('trucks');
  const most = people?.unit === 'families' ? MANY_FAMILIES : MANY_PEOPLE;
  if (people && (people.m ?? people.n) > most) odd.push('people');
  const date = parsePartialDate(draft.date);
  if (date.ok && date.value.earliest > today) odd.push('future');
  if (date.ok && date.value.latest < today - TWENTY_YEARS) odd.push('old');
  if (draft.places.length === 0) odd.push('noPlace');
  return odd;
}

/**
 * What the report would say against itself or against what is on record. The rules come when they
 * are first needed; where they cannot be had, nothing is asked, and nothing kept from being saved.
 */
export async function contradictionsOf(
  edits: readonly RecordEdit[],
  dataset: Dataset,
): Promise<readonly WarningCode[]> {
  const rules = await import('#lib/domain/records/warnings/warnings-of-edits.ts').catch(() => null);
  // Whether the date lies in the future is asked by the form itself, whatever happened.
  const found = rules?.warningsOfEdits(edits, dataset) ?? [];
  return [...new Set(found.map(({ code }) => code))];
}
