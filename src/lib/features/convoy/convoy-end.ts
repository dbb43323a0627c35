import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { ConvoyView } from '#lib/client/state/views.ts';
import type { Movement } from '#lib/domain/records/dataset.ts';
import type { ConvoyEnd } from '#lib/domain/records/vocabularies.ts';

/** Ends that come first, and those of a convoy that never was on its way: nothing more is asked. */
export const FIRST_ENDS = ['not_deployed', 'delivered'] as const;
const NEVER_WENT: ReadonlySet<ConvoyEnd> = new Set(['not_deployed', 'postponed']);
export const wentAnywhere = (end: ConvoyEnd): boolean => !NEVER_WENT.has(end);

/** How a convoy ended, as somebody says on its page. */
export interface SaidEnd {
  readonly status: ConvoyEnd;
  /** EDTF; empty: not known, or it never went. */
  readonly date: string;
  /** null: nobody was asked, or nobody knows. */
  readonly onTheRoad: boolean | null;
}

/**
 * What saying the end of a convoy writes: a report of the one who says it. Places, organisations and
 * kind are those of the page on which he says it: they come from the reports that have the outcome
 * (docs/records.md), and would be lost with the first that says none.
 */
export function editsOfEnd(
  { id, localities, derived }: Pick<ConvoyView, 'id' | 'localities' | 'derived'>,
  { status, date, onTheRoad }: SaidEnd,
  newId: () => string,
): readonly RecordEdit[] {
  const [source, report] = [newId(), newId()];
  const [modality, ...others] = derived.modalities ?? [];
  const codes = derived.stops.flatMap((stop) => stop.sectors ?? []);
  const sectors = codes.map(({ sector, locality }) =>
    locality ? `${sector}@${locality}` : sector,
  );
  return [
    { kind: 'source', id: source, values: { kind: 'told' } },
    {
      kind: 'report',
      id: report,
      values: {
        convoy: id,
        source,
        scope: 'convoy',
        status,
        ...(date === '' ? {} : { date }),
        ...(localities.length > 0 ? { localities: localities.map((place) => place.id) } : {}),
        ...(derived.organisations ? { organisations: [...derived.organisations] } : {}),
        ...(sectors.length > 0 ? { sectors: [...new Set(sectors)] } : {}),
        ...(modality && others.length === 0 ? { modality } : {}),
      },
    },
    ...(onTheRoad === null
      ? []
      : [{ kind: 'movement' as const, id: newId(), values: { convoy: id, onTheRoad } }]),
  ];
}

/** Takes it back: the report goes, and nothing is said of the road. */
export function editsOfUndoneEnd(edits: readonly RecordEdit[]): readonly RecordEdit[] {
  return edits.flatMap(({ kind, id }): RecordEdit[] => {
    if (kind === 'report') return [{ kind, id, values: { _deleted: true } }];
    return kind === 'movement' ? [{ kind, id, values: { onTheRoad: null } }] : [];
  });
}

/** "All are back": of every movement that says otherwise; where none speaks of the road, a new one. */
export function editsOfAllBack(
  convoy: string,
  movements: Iterable<Movement>,
  newId: () => string,
): readonly RecordEdit[] {
  const values = { onTheRoad: false };
  const away = [...movements].filter((one) => one.convoy === convoy && one.onTheRoad === true);
  if (away.length > 0) return away.map(({ id }) => ({ kind: 'movement', id, values }));
  return [{ kind: 'movement', id: newId(), values: { convoy, ...values } }];
}
