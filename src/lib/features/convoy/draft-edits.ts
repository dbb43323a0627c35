import { parseFigure, type Figure } from '#lib/domain/figures/figure.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ConvoyDraft, NamedChoice } from './convoy-draft.ts';

export type DraftProblem = { readonly field: 'trucks' | 'people'; readonly isAmbiguous: boolean };

export interface ReadFigures {
  readonly trucks: Figure | null;
  readonly people: Figure | null;
}

/** The two numbers of the form, `about` applied to a plain number; an empty one is not known. */
export function readFigures(draft: ConvoyDraft): Result<ReadFigures, readonly DraftProblem[]> {
  const problems: DraftProblem[] = [];
  const read = (field: 'trucks' | 'people'): Figure | null => {
    const text = draft[field];
    if (text.trim() === '') return null;
    const figure = parseFigure(text, field === 'people' ? draft.peopleUnit : undefined);
    if (figure.ok) return figure.value;
    problems.push({ field, isAmbiguous: figure.error.type === 'ambiguous_separator' });
    return null;
  };
  const trucks = read('trucks');
  const people = read('people');
  if (problems.length > 0) return err(problems);
  const isPlain = people !== null && people.q === '=' && draft.isAbout;
  return ok({ trucks, people: isPlain ? { ...people, q: '~' } : people });
}

const NAMES_ARABIC = /\p{Script=Arabic}/u;

/** Unverified until a coordinator says otherwise, so that nothing is written of it here. */
export function newLocality({ id, name }: NamedChoice): RecordEdit {
  const names = NAMES_ARABIC.test(name) ? { names: { ar: name } } : {};
  return { kind: 'locality', id, values: { name, ...names } };
}

/** The fields that the form writes of a report; null where nothing is said. */
export function reportValues(
  draft: ConvoyDraft,
  { trucks, people }: ReadFigures,
): RecordEdit['values'] {
  const items = draft.items
    .split('\n')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const date = parsePartialDate(draft.date);
  const someOf = (ids: readonly string[]): readonly string[] | null =>
    ids.length > 0 ? ids : null;
  return {
    date: date.ok ? date.value.edtf : null,
    localities: someOf(draft.places.map((place) => place.id)),
    trucks: trucks === null ? null : { ...trucks },
    people: people === null ? null : { ...people },
    peopleKind: people === null ? null : draft.peopleKind,
    organisations: someOf(draft.organisations.map((organisation) => organisation.id)),
    sectors: someOf(draft.sectors),
    items: someOf(items),
    modality: draft.modality,
    status: draft.status,
  };
}

function withoutNulls(values: RecordEdit['values']): RecordEdit['values'] {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Places and organisations that the form made. */
export function newRecords(draft: ConvoyDraft): RecordEdit[] {
  const places = draft.places.filter((place) => place.isNew).map(newLocality);
  const organisations = draft.organisations
    .filter((organisation) => organisation.isNew)
    .map(({ id, name }): RecordEdit => ({ kind: 'organisation', id, values: { name } }));
  return [...places, ...organisations];
}

/**
 * What saving a new convoy writes: the convoy itself (which holds accepted values only, so almost
 * nothing), the logger's report of it with its source, and, where it was asked, whether it is still
 * on the road. All of it goes into one transaction.
 */
export function editsOfNewConvoy(draft: ConvoyDraft, figures: ReadFigures): RecordEdit[] {
  const notes = draft.notes.trim();
  const known = draft.known ?? null;
  const convoy = known ?? draft.convoy;
  // A convoy on record is its author's: what is noted about it here stays with this report.
  const own = notes === '' ? {} : known === null ? { notes } : { outcomeAsReported: notes };
  const created: RecordEdit = {
    kind: 'convoy',
    id: convoy,
    values: { _created: true, ...own },
  };
  const edits: RecordEdit[] = [
    ...newRecords(draft),
    ...(known === null ? [created] : []),
    { kind: 'source', id: draft.source, values: { kind: draft.sourceKind ?? 'seen' } },
    {
      kind: 'report',
      id: draft.report,
      values: {
        convoy,
        source: draft.source,
        scope: 'convoy',
        ...(known === null ? {} : own),
        ...withoutNulls(reportValues(draft, figures)),
      },
    },
  ];
  if (draft.onTheRoad !== null) {
    const values = { convoy, onTheRoad: draft.onTheRoad };
    edits.push({ kind: 'movement', id: draft.movement, values });
  }
  return edits;
}
