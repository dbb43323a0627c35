import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';

/** The screen on which a record is seen, where it has one. */
export function pageOf(
  kind: string,
  id: string,
  { records }: Pick<OpenOperation, 'records'>,
): string | undefined {
  const { dataset } = records;
  const convoy =
    kind === 'convoy'
      ? dataset.convoy.get(id)?.id
      : (dataset.report.get(id) ?? dataset.stop.get(id) ?? dataset.claim.get(id))?.convoy;
  if (convoy !== undefined) return `/convoys/${convoy}`;
  const place =
    kind === 'locality' ? dataset.locality.get(id)?.id : dataset.accessStatus.get(id)?.locality;
  return place === undefined ? undefined : `/places/${place}`;
}
