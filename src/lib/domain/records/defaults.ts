import type { RecordOf } from './dataset.ts';
import type { RecordKind } from './registry.ts';

/**
 * What a field that is not recorded is read as. Only where the field's custom says so: everywhere
 * else unknown stays unknown, and is never read as none.
 */
export const DEFAULTS = {
  operation: { defaultClassifier: 'UN' },
  locality: { verified: false },
  population: { kind: 'resident' },
  requestLine: { outcome: 'requested' },
  movement: { released: false },
  report: { scope: 'convoy', peopleKind: 'intended' },
} as const satisfies { readonly [K in RecordKind]?: Partial<RecordOf<K>> };
