import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { AccessRequest, RequestLine } from '#lib/domain/records/dataset.ts';
import { CONSTRAINTS, REQUEST_OUTCOMES } from '#lib/domain/records/vocabularies.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import { draftOfRecord, editsOfRecord } from '../form/correction.ts';
import { entryDraftOf } from '../form/entry-drafts.ts';
import {
  type EntryDraft,
  type EntryField,
  type EntryProblem,
  isUntouched,
  newEntry,
  newPlaces,
  readEntry,
  withoutNulls,
} from '../form/entry.ts';

/** A request with its lines as it is typed: one form, saved as one. */
export interface RequestDraft {
  head: EntryDraft;
  lines: EntryDraft[];
  /** Lines on record that were taken out: deleted when it is saved. */
  removed: string[];
}

/** What stands for a request that is not on record yet. */
export const NEW = 'new';

type T = (key: MessageKey) => string;

const choice = (t: T, key: string, prefix: string, values: readonly string[]): EntryField => ({
  key,
  kind: 'choice',
  options: values.map((value) => ({ value, label: t(`${prefix}.${value}` as MessageKey) })),
});

/** Only the period is needed: a plan of nobody knows when is none of any month. */
export const headFields = (
  authorities: readonly string[],
  convoys: readonly { readonly value: string; readonly label: string }[],
): readonly EntryField[] => [
  { key: 'period', kind: 'month', isRequired: true },
  { key: 'authority', kind: 'line', offers: authorities },
  { key: 'submittedOn', kind: 'date' },
  { key: 'answeredOn', kind: 'date' },
  { key: 'convoy', kind: 'choice', options: convoys },
];

export const lineFields = (t: T): readonly EntryField[] => [
  { key: 'locality', kind: 'place', isRequired: true },
  { key: 'peopleRequested', kind: 'people' },
  choice(t, 'outcome', 'requestOutcome', REQUEST_OUTCOMES),
  { key: 'peopleApproved', kind: 'people' },
  choice(t, 'constraint', 'constraint', CONSTRAINTS),
  { key: 'conditions', kind: 'text' },
];

export function newRequest(newId: () => string, period: string): RequestDraft {
  return { head: newEntry(newId, { period }), lines: [newEntry(newId)], removed: [] };
}

/** A request on record, to be corrected. */
export function draftOfRequest(
  request: AccessRequest,
  lines: readonly RequestLine[],
  {
    heads,
    fields,
    placeName,
  }: {
    readonly heads: readonly EntryField[];
    readonly fields: readonly EntryField[];
    readonly placeName: (id: string) => string;
  },
): RequestDraft {
  return {
    head: draftOfRecord({ ...request }, heads, { placeName }),
    lines: lines.map((line) => draftOfRecord({ ...line }, fields, { placeName })),
    removed: [],
  };
}

/** Whether nothing was typed, added or taken out since the form was opened. */
export function isUntouchedRequest(draft: RequestDraft, opened: RequestDraft): boolean {
  return (
    draft.removed.length === 0 &&
    isUntouched(draft.head, opened.head) &&
    draft.lines.filter((line) => !isEmptyLine(line)).length ===
      opened.lines.filter((line) => !isEmptyLine(line)).length &&
    opened.lines.every((line) => {
      const now = draft.lines.find(({ id }) => id === line.id);
      return now ? isUntouched(now, line) : isEmptyLine(line);
    })
  );
}

/** A line in which nothing was said; an empty one at the end is no line. */
const isEmptyLine = ({ texts, places }: EntryDraft): boolean =>
  (places['locality'] ?? []).length === 0 &&
  Object.entries(texts).every(([key, text]) => key.endsWith('.unit') || text.trim() === '');

export interface RequestProblem extends EntryProblem {
  /** Number of the line; -1: the head. */
  readonly line: number;
}

/**
 * What saving the form writes; everything that cannot be read is told at once. Of a request on
 * record (`before`: how it was opened), and of each of its lines, only what was touched: what others
 * changed meanwhile stands.
 */
export function editsOfRequest(
  draft: RequestDraft,
  {
    before,
    heads,
    fields,
  }: {
    readonly before: RequestDraft | null;
    readonly heads: readonly EntryField[];
    readonly fields: readonly EntryField[];
  },
): Result<RecordEdit[], readonly RequestProblem[]> {
  const problems: RequestProblem[] = [];
  const edits: RecordEdit[] = [];
  function take(line: number, read: Result<RecordEdit[], readonly EntryProblem[]>): void {
    if (read.ok) edits.push(...read.value);
    else problems.push(...read.error.map((problem) => ({ ...problem, line })));
  }
  take(
    -1,
    before
      ? editsOfRecord('accessRequest', heads, { opened: before.head, draft: draft.head })
      : editsOfNew('accessRequest', heads, draft.head),
  );
  draft.lines.forEach((line, index) => {
    const opened = before?.lines.find(({ id }) => id === line.id);
    if (opened) {
      const isPlaceless = (line.places['locality'] ?? []).length === 0;
      const was = (opened.places['locality'] ?? []).length;
      if (isPlaceless && was > 0)
        return void problems.push({ line: index, key: 'locality', type: 'missing' });
      take(index, editsOfRecord('requestLine', fields, { opened, draft: line }));
    } else if (!isEmptyLine(line)) {
      take(index, editsOfNew('requestLine', fields, line, { request: draft.head.id }));
    }
  });
  for (const id of draft.removed) {
    edits.push({ kind: 'requestLine', id, values: { _deleted: true } });
  }
  return problems.length > 0 ? err(problems) : ok(edits);
}

function editsOfNew(
  kind: RecordEdit['kind'],
  fields: readonly EntryField[],
  draft: EntryDraft,
  fixed: RecordEdit['values'] = {},
): Result<RecordEdit[], readonly EntryProblem[]> {
  const read = readEntry(fields, draft);
  if (!read.ok) return read;
  const values = { ...fixed, ...withoutNulls(read.value) };
  return ok([...newPlaces(draft), { kind, id: draft.id, values }]);
}

/** What was kept of a half-typed request; null where it is nothing that this form wrote. */
export function requestDraftOf(content: Readonly<Record<string, unknown>>): RequestDraft | null {
  const { head, lines, removed } = content;
  if (!Array.isArray(lines) || !Array.isArray(removed)) return null;
  const read = [head, ...(lines as unknown[])].map((entry) =>
    typeof entry === 'object' && entry !== null ? entryDraftOf({ ...entry }) : null,
  );
  const [first, ...rest] = read.filter((entry) => entry !== null);
  if (!first || rest.length < lines.length) return null;
  return { head: first, lines: rest, removed: removed.map(String) };
}
