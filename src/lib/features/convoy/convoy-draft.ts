import type { ConvoyStatus, Modality, PeopleKind } from '#lib/domain/records/vocabularies.ts';

/** A place or an organisation that the form names: one on record, or a name that is new. */
export interface NamedChoice {
  readonly id: string;
  readonly name: string;
  readonly isNew: boolean;
}

/**
 * A half-typed convoy as it is kept: what was typed stays as typed, and the date is a day (EDTF),
 * never “today”, so that a draft continued tomorrow means the same. Record ids are given when it
 * begins, so that saving twice can make no second convoy.
 */
export interface ConvoyDraft {
  readonly convoy: string;
  readonly report: string;
  readonly source: string;
  readonly movement: string;
  /** The convoy on record that this is a report of; null or missing: one that is not on record. */
  known?: string | null;
  places: NamedChoice[];
  trucks: string;
  people: string;
  peopleUnit: 'people' | 'families';
  isAbout: boolean;
  peopleKind: PeopleKind;
  date: string;
  status: ConvoyStatus | null;
  onTheRoad: boolean | null;
  organisations: NamedChoice[];
  sectors: string[];
  items: string;
  modality: Modality | null;
  sourceKind: 'seen' | 'told' | null;
  notes: string;
}

/** An empty form for a day, and for a place where it was opened from one. */
export function newConvoyDraft(
  newId: () => string,
  date: string,
  places: readonly NamedChoice[] = [],
): ConvoyDraft {
  return {
    convoy: newId(),
    report: newId(),
    source: newId(),
    movement: newId(),
    places: [...places],
    trucks: '',
    people: '',
    peopleUnit: 'people',
    isAbout: true,
    peopleKind: 'intended',
    date,
    status: null,
    onTheRoad: null,
    organisations: [],
    sectors: [],
    items: '',
    modality: null,
    sourceKind: null,
    notes: '',
  };
}

/** Whether anything was said: the date is there from the beginning and says nothing alone. */
export function isEmptyDraft(draft: ConvoyDraft): boolean {
  return (
    draft.places.length === 0 &&
    draft.organisations.length === 0 &&
    draft.sectors.length === 0 &&
    draft.status === null &&
    draft.modality === null &&
    [draft.trucks, draft.people, draft.items, draft.notes].every((text) => text.trim() === '')
  );
}

/** “Log another, same day”: a new convoy with the day, the organisations and how it is known. */
export function nextConvoyDraft(newId: () => string, last: ConvoyDraft): ConvoyDraft {
  return {
    ...newConvoyDraft(newId, last.date),
    organisations: last.organisations,
    sourceKind: last.sourceKind,
  };
}

/** Asked only of a convoy of today or yesterday: an older one is known to be back. */
export function isRoadAsked(date: string, today: string, yesterday: string): boolean {
  return date === today || date === yesterday;
}
