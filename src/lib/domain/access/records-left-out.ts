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
import { Remembered } from './remembered.ts';

const NO_PLACE = 'no_locality';

/** Named by their own reasons below, or in `AccessRecords.leftOut`. */
const OWN_REASON: ReadonlySet<RecordKind> = new Set<RecordKind>(['report', 'stop', 'requestLine']);

type Known = Remembered<readonly LeftOut[]>;

/** Records that hang on one which is not there: an indicator never comes by them. */
function withoutParent(dataset: Dataset, known: Known): readonly LeftOut[] {
  return (Object.keys(RECORD_KINDS) as RecordKind[]).flatMap((kind) => {
    const { parent } = kindOfRecord(kind);
    const parentKind = parent === undefined ? undefined : REFERENCE_FIELDS.get(parent);
    if (parent === undefined || !parentKind || OWN_REASON.has(kind)) return [];
    const [children, parents] = [dataset[kind], dataset[parentKind]];
    return known.get(`parent of ${kind}`, [children, parents], () => {
      const records: Iterable<Readonly<Record<string, unknown>> & { readonly id: string }> =
        children.values();
      return [...records].flatMap((record): LeftOut[] =>
        parents.has(String(record[parent])) ? [] : [{ type: 'without_parent', record: record.id }],
      );
    });
  });
}

const noPlace = (records: Iterable<string>): LeftOut[] =>
  [...records].map((record) => ({ type: NO_PLACE, record }));

function withoutPlace(
  { dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>,
  known: Known,
): readonly LeftOut[] {
  const { stop, population, incident } = dataset;
  return [
    // What only totals tell of is no delivery: it is evidence for them.
    ...known.get('convoys', [convoys], () =>
      noPlace(
        [...convoys.values()]
          .filter(({ stops, totals }) => stops.length === 0 && totals.length === 0)
          .map(({ id }) => id),
      ),
    ),
    ...known.get('stops', [stop], () =>
      noPlace(
        [...stop.values()].filter(({ localities }) => localities.length === 0).map(({ id }) => id),
      ),
    ),
    ...known.get('populations', [population], () =>
      noPlace(
        [...population.values()]
          .filter(
            ({ localities, total, area }) =>
              (localities ?? []).length === 0 && total === undefined && area === undefined,
          )
          .map(({ id }) => id),
      ),
    ),
    ...known.get('incidents', [incident, convoys], () =>
      noPlace(
        [...incident.values()]
          .filter(({ localities, convoy }) => localities.length === 0 && !convoys.has(convoy ?? ''))
          .map(({ id }) => id),
      ),
    ),
  ];
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
 * reason: a bad record stops nothing and never vanishes. By record, then reason. `known`: what an
 * earlier version of the same records gave; only kinds of which a record changed are looked through.
 */
export function recordsLeftOut(
  access: AccessRecords,
  known: Known = new Remembered(),
): readonly LeftOut[] {
  const { dataset, convoys } = access;
  const { accessRequest, requestLine, itemLine, stop } = dataset;
  const all = [
    ...access.leftOut,
    ...withoutParent(dataset, known),
    ...withoutPlace(access, known),
    ...known.get('requests', [accessRequest, requestLine], () => requestsWithoutPlace(dataset)),
    ...known.get('items', [itemLine, stop, convoys], () => itemsNowhere(access)),
  ];
  const byText = new Map(all.map((one) => [`${one.type} ${one.record}`, one]));
  return [...byText.values()].sort(compareLeftOut);
}
