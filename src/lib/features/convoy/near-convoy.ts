import type { ConvoyRow } from '#lib/client/state/views.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { ConvoyDraft } from './convoy-draft.ts';

/** Days: more than the rule allows between two reports of one convoy, so that none is missed. */
const NEAR = 2;

/**
 * Whether a convoy on record went to one of the places of a half-typed one within two days of it.
 * Only such a one can be offered as the same (indicator 12), and only then is the rule loaded.
 */
export function isConvoyNear(
  rows: readonly Pick<ConvoyRow, 'date' | 'localities'>[],
  draft: Pick<ConvoyDraft, 'date' | 'places'>,
): boolean {
  const date = parsePartialDate(draft.date);
  if (!date.ok || draft.places.length === 0) return false;
  const { earliest, latest } = date.value;
  const places = new Set(draft.places.map(({ id }) => id));
  return rows.some(
    (row) =>
      row.date !== null &&
      row.date.earliest <= latest + NEAR &&
      row.date.latest >= earliest - NEAR &&
      row.localities.some(({ id }) => places.has(id)),
  );
}
