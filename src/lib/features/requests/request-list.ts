import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { AccessRequest } from '#lib/domain/records/dataset.ts';

type Dataset = OpenOperation['records']['dataset'];
type Line = LensResults['requests']['lines'][number];

/** A request with its lines as they stand on the as-of date. */
export interface ListedRequest {
  readonly record: AccessRequest;
  readonly lines: readonly Line[];
}

/** The months and longer periods that anything was planned for, the last first. */
export function periodsOf({ accessRequest }: Pick<Dataset, 'accessRequest'>): readonly string[] {
  return [...new Set([...accessRequest.values()].map(({ period }) => period))].sort().reverse();
}

/** The longest waits for an answer first, then by name. */
const byWait =
  (nameOf: (locality: string) => string) =>
  (a: Line, b: Line): number =>
    (b.ageing?.[1] ?? -1) - (a.ageing?.[1] ?? -1) ||
    nameOf(a.locality).localeCompare(nameOf(b.locality)) ||
    (a.line < b.line ? -1 : 1);

/**
 * The requests of a period, and the lines of each: those that still wait for an answer first, then
 * by their authority, the places by name.
 */
export function requestsOf(
  { accessRequest }: Pick<Dataset, 'accessRequest'>,
  { lines }: Pick<LensResults['requests'], 'lines'>,
  period: string,
  nameOf: (locality: string) => string,
): readonly ListedRequest[] {
  const byRequest = Map.groupBy(lines, ({ request }) => request);
  const listed = [...accessRequest.values()]
    .filter((record) => record.period === period)
    .map((record) => ({ record, lines: (byRequest.get(record.id) ?? []).sort(byWait(nameOf)) }));
  const age = ({ lines: own }: ListedRequest): number =>
    Math.max(-1, ...own.map(({ ageing }) => ageing?.[1] ?? -1));
  return listed.sort(
    (a, b) =>
      age(b) - age(a) ||
      (a.record.authority ?? '').localeCompare(b.record.authority ?? '', 'en') ||
      (a.record.id < b.record.id ? -1 : 1),
  );
}

/** Every authority that was asked, by name, to be offered. */
export function authoritiesOf({ accessRequest }: Pick<Dataset, 'accessRequest'>): string[] {
  const asked = [...accessRequest.values()].flatMap(({ authority }) => authority ?? []);
  return [...new Set(asked)].sort((a, b) => a.localeCompare(b, 'en'));
}
