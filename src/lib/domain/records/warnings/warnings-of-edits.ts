import type { Day } from '../../dates/day.ts';
import type { Dataset, RecordOf } from '../dataset.ts';
import type { RecordKind } from '../registry.ts';
import { type WarningContext, warningContext } from './context.ts';
import type { Warning, WarningCode } from './warning.ts';
import { warningsOf } from './warnings-of.ts';
import { type Edit, withEdits } from './with-edits.ts';

/** Of what somebody typed these say nothing: they are the operation's matter, and shown elsewhere. */
const NOT_ASKED: ReadonlySet<WarningCode> = new Set<WarningCode>([
  'families_without_household_size',
  'names_missing_record',
]);

/**
 * What saving these edits would make records say against each other that they do not say yet: asked
 * about once, and never a reason to refuse. Of the edited records, and of the lines of a request
 * that ask for the same place as an edited one.
 */
export function warningsOfEdits(
  edits: readonly Edit[],
  dataset: Dataset,
  today?: Day,
): readonly Warning[] {
  const before = warningContext(dataset, today);
  const after = warningContext(withEdits(dataset, edits), today);
  const codesBefore = (kind: RecordKind, id: string): ReadonlySet<WarningCode> =>
    new Set(warningsIn(before, kind, id).map(({ code }) => code));
  const looked = new Map<string, RecordKind>();
  for (const { kind, id } of edits) {
    looked.set(id, kind);
    const line = kind === 'requestLine' ? after.dataset.requestLine.get(id) : undefined;
    const twins = line ? after.linesFor(line.request, line.locality) : [];
    for (const twin of twins) looked.set(twin, 'requestLine');
  }
  return [...looked].flatMap(([id, kind]) => {
    const known = codesBefore(kind, id);
    return warningsIn(after, kind, id).filter(
      ({ code }) => !known.has(code) && !NOT_ASKED.has(code),
    );
  });
}

function warningsIn(context: WarningContext, kind: RecordKind, id: string): readonly Warning[] {
  const record = context.dataset[kind].get(id);
  return record ? warningsOf(kind, record as RecordOf<typeof kind>, context) : [];
}
