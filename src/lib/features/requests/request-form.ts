import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { AccessRequest, RequestLine } from '#lib/domain/records/dataset.ts';
import { type Figure, figureToText } from '#lib/domain/figures/figure.ts';
import { CONSTRAINTS, REQUEST_OUTCOMES } from '#lib/domain/records/vocabularies.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import {
  type EntryDraft,
  type EntryField,
  type EntryProblem,
  newEntry,
  newPlaces,
  readEntry,
} from '../form/entry.ts';

/** A request with its lines as it is typed: one form, saved as one. */
export interface RequestDraft {
  head: EntryDraft;
  lines: EntryDraft[];
  /** Lines on record that were taken out: deleted when it is saved. */
  removed: string[];
}

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

function figureTexts(key: string, figure: Figure | undefined): Record<string, string> {
  if (!figure) return {};
  return {
    [key]: figureToText(figure),
    [`${key}.unit`]: figure.unit ?? 'none',
  };
}

const given = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** A request on record, to be corrected. */
export function draftOfRequest(
  { id, period, authority, submittedOn, answeredOn, convoy }: AccessRequest,
  lines: readonly RequestLine[],
  placeName: (id: string) => string,
): RequestDraft {
  return {
    head: {
      id,
      source: id,
      texts: given({ period, authority, submittedOn, answeredOn, convoy }),
      places: {},
    },
    lines: lines.map(({ id: line, locality, outcome, constraint, conditions, ...numbers }) => ({
      id: line,
      source: line,
      texts: {
        ...given({ outcome, constraint, conditions }),
        ...figureTexts('peopleRequested', numbers.peopleRequested),
        ...figureTexts('peopleApproved', numbers.peopleApproved),
      },
      places: { locality: [{ id: locality, name: placeName(locality), isNew: false }] },
    })),
    removed: [],
  };
}

/** A line in which nothing was said; an empty one at the end is no line. */
const isEmptyLine = ({ texts, places }: EntryDraft): boolean =>
  (places['locality'] ?? []).length === 0 &&
  Object.entries(texts).every(([key, text]) => key.endsWith('.unit') || text.trim() === '');

export interface RequestProblem extends EntryProblem {
  /** Number of the line; -1: the head. */
  readonly line: number;
}

/** What saving the form writes; everything that cannot be read is told at once. */
export function editsOfRequest(
  draft: RequestDraft,
  heads: readonly EntryField[],
  fields: readonly EntryField[],
): Result<RecordEdit[], readonly RequestProblem[]> {
  const problems: RequestProblem[] = [];
  const edits: RecordEdit[] = [];
  const read = (entry: EntryDraft, of: readonly EntryField[], line: number) => {
    const values = readEntry(of, entry);
    if (values.ok) return values.value;
    problems.push(...values.error.map((problem) => ({ ...problem, line })));
    return null;
  };
  const head = read(draft.head, heads, -1);
  if (head) edits.push({ kind: 'accessRequest', id: draft.head.id, values: head });
  draft.lines.forEach((line, index) => {
    if (isEmptyLine(line)) return;
    const values = read(line, fields, index);
    if (!values) return;
    edits.push(...newPlaces(line), {
      kind: 'requestLine',
      id: line.id,
      values: { request: draft.head.id, ...values },
    });
  });
  for (const id of draft.removed) {
    edits.push({ kind: 'requestLine', id, values: { _deleted: true } });
  }
  return problems.length > 0 ? err(problems) : ok(edits);
}

/** What was kept of a half-typed request; null where it is nothing that this form wrote. */
export function requestDraftOf(
  content: Readonly<Record<string, unknown>> | undefined,
): RequestDraft | null {
  if (!content || content['form'] !== 'request') return null;
  const { head, lines, removed } = content;
  if (!head || !Array.isArray(lines) || !Array.isArray(removed)) return null;
  return structuredClone({ head, lines, removed }) as RequestDraft;
}
