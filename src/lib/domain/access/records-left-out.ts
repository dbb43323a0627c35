import type { Dataset } from '../records/dataset.ts';
import {
  kindOfRecord,
  RECORD_KINDS,
  type RecordKind,
  REFERENCE_FIELDS,
} from '../records/registry.ts';
import type { AccessRecords } from './access-records.ts';
import type { LeftOut } from './caveats.ts';
import { compareLeftOut } from './left-out.ts';

const NO_PLACE = 'no_locality';

/** Named by their own reasons below, or in `AccessRecords.leftOut`. */
const OWN_REASON: ReadonlySet<RecordKind> = new Set<RecordKind>(['report', 'stop', 'requestLine']);

/** Records that hang on one which is not there: an indicator never comes by them. */
function withoutParent(dataset: Dataset): readonly LeftOut[] {
  return (Object.keys(RECORD_KINDS) as RecordKind[]).flatMap((kind) => {
    const { parent } = kindOfRecord(kind);
    const parentKind = parent === undefined ? undefined : REFERENCE_FIELDS.get(parent);
    if (parent === undefined || !parentKind || OWN_REASON.has(kind)) return [];
    const records: Iterable<Readonly<Record<string, unknown>> & { readonly id: string }> =
      dataset[kind].values();
    return [...records].flatMap((record): LeftOut[] =>
      dataset[parentKind].has(String(record[parent]))
        ? []
        : [{ type: 'without_parent', record: record.id }],
    );
  });
}

function withoutPlace({ dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>) {
  const left: LeftOut[] = [];
  for (const { id, stops, totals } of convoys.values()) {
    // What only totals tell of is no delivery: it is evidence for them.
    if (stops.length === 0 && totals.length === 0) left.push({ type: NO_PLACE, record: id });
  }
  for (const { id, localities } of dataset.stop.values()) {
    if (localities.length === 0) left.push({ type: NO_PLACE, record: id });
  }
  for (const { id, localities, total, area } of dataset.population.values()) {
    const isNamed = (localities ?? []).length > 0 || total !== undefined || area !== undefined;
    if (!isNamed) left.push({ type: NO_PLACE, record: id });
  }
  for (const { id, localities, convoy } of dataset.incident.values()) {
    const isNamed = localities.length > 0 || convoys.has(convoy ?? '');
    if (!isNamed) left.push({ type: NO_PLACE, record: id });
  }
  return left;
}

function requestsWithoutPlace({ accessRequest, requestLine }: Dataset): readonly LeftOut[] {
  const asked = new Set([...requestLine.values()].map(({ request }) => request));
  return [
    ...[...requestLine.values()]
      .filter(({ request }) => !accessRequest.has(request))
      .map(({ id }): LeftOut => ({ type: 'line_without_request', record: id })),
    ...[...accessRequest.values()]
      .filter(({ id }) => !asked.has(id))
      .map(({ id }): LeftOut => ({ type: 'request_without_line', record: id })),
  ];
}

function itemsNowhere({ dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>) {
  return [...dataset.itemLine.values()].flatMap(({ id, stop, convoy, stage }): LeftOut[] => {
    const at = dataset.stop.get(stop ?? '');
    const carrier = convoys.get(at?.convoy ?? '') ?? convoys.get(convoy ?? '');
    if (!carrier) return [{ type: 'item_without_convoy', record: id }];
    const date = carrier.stops.find((one) => one.id === stop)?.date ?? carrier.date;
    return stage === 'removed' && !date ? [{ type: 'no_date', record: id }] : [];
  });
}

/**
 * Every record of the data set that no indicator can use, whatever the as-of date, each with its
 * reason: a bad record stops nothing and never vanishes. By record, then reason.
 */
export function recordsLeftOut(access: AccessRecords): readonly LeftOut[] {
  const all = [
    ...access.leftOut,
    ...withoutParent(access.dataset),
    ...withoutPlace(access),
    ...requestsWithoutPlace(access.dataset),
    ...itemsNowhere(access),
  ];
  const byText = new Map(all.map((one) => [`${one.type} ${one.record}`, one]));
  return [...byText.values()].sort(compareLeftOut);
}
