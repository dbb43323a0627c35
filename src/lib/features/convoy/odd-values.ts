import type { Day } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
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

/** What a report can say against itself or its source, and the words that ask about it. */
const CONTRADICTIONS = {
  delivered_nothing: 'warning.delivered_nothing',
  reached_without_delivery: 'warning.reached_without_delivery',
  report_after_publication: 'warning.report_after_publication',
} as const;
type Contradiction = (typeof CONTRADICTIONS)[keyof typeof CONTRADICTIONS];

/** How long saving waits for the rules, where they are not here yet, milliseconds. */
const LONGEST = 500;
const loadRules = () =>
  import('#lib/domain/records/warnings/report-contradictions.ts').catch(() => null);

/** Begins to load the rules; what is then given finds contradictions by them. */
export function contradictionRules() {
  const loading = loadRules();
  /**
   * What these edits would make the report say against itself. Where the rules cannot be had in
   * time, nothing is asked: nothing keeps a convoy from being saved.
   */
  return async (
    edits: readonly RecordEdit[],
    dataset: Dataset,
  ): Promise<readonly Contradiction[]> => {
    const late = new Promise<null>((resolve) => setTimeout(resolve, LONGEST, null));
    const rules = await Promise.race([loading, late]);
    // Whether the date lies in the future is asked by the form itself, whatever happened.
    const found = rules?.contradictionsOfReports(edits, dataset) ?? [];
    const codes = new Set<string>(found.map(({ code }) => code));
    return Object.entries(CONTRADICTIONS).flatMap(([code, key]) => (codes.has(code) ? key : []));
  };
}
