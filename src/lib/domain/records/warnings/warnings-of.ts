import type { Dataset, RecordOf } from '../dataset.ts';
import type { Day } from '../../dates/day.ts';
import { RECORD_KINDS, type RecordKind } from '../registry.ts';
import { valueTypeOf } from '../value-types.ts';
import {
  claimDates,
  convoyDate,
  convoyRefusal,
  convoyTrucks,
  itemsAgainstLoaded,
  stopAgainstConvoy,
  stopDate,
  stopFigures,
} from './convoy-warnings.ts';
import {
  incidentDates,
  localityCoordinates,
  populationDate,
  statusDates,
} from './place-warnings.ts';
import { missingRecords } from './references.ts';
import { reportDates, reportFigures } from './report-warnings.ts';
import { requestDates, requestLineFigures, requestLineTwice } from './request-warnings.ts';
import { type WarningContext, warningContext } from './context.ts';
import type { Check, Warning } from './warning.ts';

const CHECKS: { readonly [K in RecordKind]?: readonly Check<K>[] } = {
  locality: [localityCoordinates],
  accessStatus: [statusDates],
  population: [populationDate],
  accessRequest: [requestDates],
  requestLine: [requestLineFigures, requestLineTwice],
  convoy: [convoyTrucks, convoyRefusal, convoyDate],
  stop: [stopFigures, stopAgainstConvoy, stopDate],
  itemLine: [itemsAgainstLoaded],
  incident: [incidentDates],
  report: [reportDates, reportFigures],
  claim: [claimDates],
};

const FIGURE_FIELDS = new Map(
  (Object.keys(RECORD_KINDS) as RecordKind[]).map((kind) => [
    kind,
    Object.keys(RECORD_KINDS[kind].fields).filter((field) => valueTypeOf(kind, field) === 'figure'),
  ]),
);

/** Figures are counted in families, and nobody says how many people a family has. */
function familiesWithoutSize(
  kind: RecordKind,
  record: Readonly<Record<string, unknown>> & { readonly id: string },
  { dataset }: WarningContext,
): readonly Warning[] {
  const fields = (FIGURE_FIELDS.get(kind) ?? []).filter((field) => {
    const value = record[field];
    return (
      typeof value === 'object' && value !== null && 'unit' in value && value.unit === 'families'
    );
  });
  if (fields.length === 0) return [];
  const [operation] = dataset.operation.values();
  if (operation?.householdSize !== undefined) return [];
  return [{ code: 'families_without_household_size', records: [record.id], fields }];
}

/**
 * What the fields of a record say against each other, against the records that it names, and
 * against the day that it is: data, never a refusal, in the order in which the checks are listed.
 */
export function warningsOf<K extends RecordKind>(
  kind: K,
  record: RecordOf<K>,
  context: WarningContext,
): readonly Warning[] {
  const checks = (CHECKS[kind] ?? []) as readonly Check<K>[];
  return [
    ...checks.flatMap((check) => check(record, context)),
    ...familiesWithoutSize(kind, record, context),
    ...missingRecords(kind, record, context),
  ];
}

/** The warnings of a whole data set, by kind and then in the order of its records. */
export function allWarnings(dataset: Dataset, today?: Day): readonly Warning[] {
  const context = warningContext(dataset, today);
  return (Object.keys(RECORD_KINDS) as RecordKind[]).flatMap((kind) =>
    [...dataset[kind].values()].flatMap((record) =>
      warningsOf(kind, record as RecordOf<typeof kind>, context),
    ),
  );
}
