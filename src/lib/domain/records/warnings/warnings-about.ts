import type { Day } from '../../dates/day.ts';
import type { Dataset, RecordOf } from '../dataset.ts';
import type { RecordKind } from '../registry.ts';
import { warningContext } from './context.ts';
import type { Warning } from './warning.ts';
import { warningsOf } from './warnings-of.ts';

/** The records whose warnings are shown where a record is: those that hang on it and name it. */
const SHOWN_WITH = {
  convoy: ['stop', 'report', 'claim', 'itemLine'],
  locality: ['accessStatus', 'population', 'incident'],
  accessRequest: ['requestLine'],
} as const satisfies Partial<Record<RecordKind, readonly RecordKind[]>>;

const NAMING = {
  convoy: ['convoy'],
  locality: ['locality', 'localities'],
  accessRequest: ['request'],
};

/** The warnings of a convoy, a place or a request, with those of what is recorded about it. */
export function warningsAbout(
  kind: keyof typeof SHOWN_WITH,
  id: string,
  dataset: Dataset,
  today?: Day,
): readonly Warning[] {
  const context = warningContext(dataset, today);
  const isAbout = (record: Readonly<Record<string, unknown>>): boolean =>
    NAMING[kind].some((field) => {
      const named = record[field];
      return Array.isArray(named) ? named.includes(id) : named === id;
    });
  const own = dataset[kind].get(id);
  const of = <K extends RecordKind>(one: K, record: RecordOf<K>): readonly Warning[] =>
    warningsOf(one, record, context);
  return [
    ...(own ? of(kind, own as RecordOf<typeof kind>) : []),
    ...SHOWN_WITH[kind].flatMap((other) =>
      [...dataset[other].values()]
        .filter(isAbout)
        .flatMap((record) => of(other, record as RecordOf<typeof other>)),
    ),
  ];
}
