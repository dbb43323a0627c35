import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';

/** The records that a part of a chart was computed from. */
export interface Behind {
  readonly records: readonly string[];
  readonly label: string;
}

/** A page that shows one of them. */
export interface BehindLink {
  readonly kind: 'convoy' | 'place' | 'request';
  readonly id: string;
}

/** The pages of these records, each once: a stop's is its convoy's, a status's its place's. */
export function linksBehind(operation: OpenOperation, ids: readonly string[]): BehindLink[] {
  const { dataset } = operation.records;
  const links = new Map<string, BehindLink>();
  const add = (kind: BehindLink['kind'], id: string | undefined): void => {
    if (id !== undefined) links.set(`${kind} ${id}`, { kind, id });
  };
  for (const id of ids) {
    if (dataset.convoy.has(id)) add('convoy', id);
    else if (dataset.locality.has(id)) add('place', id);
    else if (dataset.accessRequest.has(id)) add('request', id);
    add('convoy', dataset.stop.get(id)?.convoy);
    add('convoy', dataset.report.get(id)?.convoy);
    add('convoy', dataset.itemLine.get(id)?.convoy);
    add('convoy', dataset.incident.get(id)?.convoy);
    add('place', dataset.accessStatus.get(id)?.locality);
    add('place', dataset.incident.get(id)?.localities[0]);
    add('request', dataset.requestLine.get(id)?.request);
    for (const place of dataset.population.get(id)?.localities ?? []) add('place', place);
  }
  return [...links.values()];
}
