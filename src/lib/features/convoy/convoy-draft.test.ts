import { describe, expect, test } from 'vitest';
import {
  type ConvoyDraft,
  isEmptyDraft,
  isRoadAsked,
  newConvoyDraft,
  nextConvoyDraft,
} from './convoy-draft.ts';
import { editsOfNewConvoy, readFigures } from './draft-edits.ts';
import { editsOfCorrection } from './report-correction.ts';
import { oddValues } from './odd-values.ts';

function ids(): () => string {
  let next = 0;
  return () => `id${(next += 1)}`;
}

function zamalka(): ConvoyDraft {
  return {
    ...newConvoyDraft(ids(), '2016-06-29'),
    places: [
      { id: 'zamalka', name: 'Zamalka', isNew: false },
      { id: 'arbin', name: 'Arbin', isNew: false },
    ],
    trucks: '38',
    people: '٢٠٬٠٠٠',
    status: 'delivered',
    onTheRoad: false,
  };
}

function figuresOf(draft: ConvoyDraft) {
  const read = readFigures(draft);
  if (!read.ok) throw new Error('figures');
  return read.value;
}

describe('saving a convoy', () => {
  test('its report holds what was said, shared by both places, “about” as given', () => {
    const draft = zamalka();
    const edits = editsOfNewConvoy(draft, figuresOf(draft));
    expect(edits.map((edit) => edit.kind)).toEqual(['convoy', 'source', 'report', 'movement']);
    expect(edits[2]?.values).toEqual({
      convoy: 'id1',
      source: 'id3',
      scope: 'convoy',
      date: '2016-06-29',
      localities: ['zamalka', 'arbin'],
      trucks: { q: '=', n: 38 },
      people: { q: '~', n: 20_000, unit: 'people' },
      peopleKind: 'intended',
      status: 'delivered',
    });
    expect(edits[3]?.values).toEqual({ convoy: 'id1', onTheRoad: false });
  });

  test('a report of a convoy on record makes no second one, and its notes stay with the report', () => {
    const draft = { ...zamalka(), known: 'planned', notes: ' waited at the checkpoint ' };
    const edits = editsOfNewConvoy(draft, figuresOf(draft));
    expect(edits.map((edit) => edit.kind)).toEqual(['source', 'report', 'movement']);
    expect(edits[1]?.values).toMatchObject({
      convoy: 'planned',
      outcomeAsReported: 'waited at the checkpoint',
    });
    expect(edits[2]?.values).toEqual({ convoy: 'planned', onTheRoad: false });
  });

  test('unknown is never written as zero or empty, and the road is written only where asked', () => {
    const draft = { ...newConvoyDraft(ids(), '2012-11'), status: 'delivered' as const };
    const edits = editsOfNewConvoy(draft, figuresOf(draft));
    expect(edits.map((edit) => edit.kind)).toEqual(['convoy', 'source', 'report']);
    expect(Object.keys(edits[2]?.values ?? {})).toEqual([
      'convoy',
      'source',
      'scope',
      'date',
      'status',
    ]);
    expect(edits[2]?.values['date']).toBe('2012-11');
  });

  test('a new place goes in before what names it, unverified, its Arabic name kept as Arabic', () => {
    const draft = zamalka();
    draft.places = [{ id: 'new', name: 'حمورية', isNew: true }];
    const [place] = editsOfNewConvoy(draft, figuresOf(draft));
    expect(place).toEqual({
      kind: 'locality',
      id: 'new',
      values: { name: 'حمورية', names: { ar: 'حمورية' } },
    });
  });

  test('a number that is none, or could be two, is a problem of its field', () => {
    expect(readFigures({ ...zamalka(), trucks: 'many', people: '20.000' })).toEqual({
      ok: false,
      error: [
        { field: 'trucks', isAmbiguous: false },
        { field: 'people', isAmbiguous: true },
      ],
    });
  });

  test('a range and a “more than” stay what they are', () => {
    expect(figuresOf({ ...zamalka(), trucks: '37-38', people: '>20000' })).toEqual({
      trucks: { q: '..', n: 37, m: 38 },
      people: { q: '>', n: 20_000, unit: 'people' },
    });
  });
});

describe('correcting a report', () => {
  test('writes only the fields that differ', () => {
    const before = zamalka();
    const draft = { ...zamalka(), trucks: '37' };
    expect(editsOfCorrection(before, draft, figuresOf(draft))).toEqual([
      { kind: 'report', id: 'id2', values: { trucks: { q: '=', n: 37 } } },
    ]);
    expect(editsOfCorrection(before, zamalka(), figuresOf(before))).toEqual([]);
  });

  test('clearing a field clears it', () => {
    const before = zamalka();
    const draft = { ...zamalka(), people: '' };
    expect(editsOfCorrection(before, draft, figuresOf(draft))[0]?.values).toEqual({
      people: null,
      peopleKind: null,
    });
  });
});

describe('the form', () => {
  test('with its date alone is empty', () => {
    const draft = newConvoyDraft(ids(), '2016-06-29');
    expect(isEmptyDraft(draft)).toBe(true);
    expect(isEmptyDraft({ ...draft, trucks: '3' })).toBe(false);
  });

  test('asks whether it is still on the road of today’s and yesterday’s convoys alone', () => {
    const asked = (date: string): boolean => isRoadAsked(date, '2016-06-29', '2016-06-28');
    expect(['2016-06-29', '2016-06-28', '2016-06-27', '2016-06'].map(asked)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('for another of the same day is a new convoy', () => {
    const last = zamalka();
    const newId = ids();
    for (let used = 0; used < 4; used += 1) newId();
    const next = nextConvoyDraft(newId, last);
    expect(next.date).toBe('2016-06-29');
    expect(next.places).toEqual([]);
    expect(next.convoy).not.toBe(last.convoy);
  });

  test('asks about what looks like a slip', () => {
    const draft = { ...zamalka(), trucks: '380', people: '2,000,000', places: [] };
    const today = 16_981; // 29 June 2016
    expect(oddValues(draft, figuresOf(draft), today)).toEqual(['trucks', 'people', 'noPlace']);
    expect(oddValues(zamalka(), figuresOf(zamalka()), today)).toEqual([]);
    const tomorrow = { ...zamalka(), date: '2016-06-30' };
    expect(oddValues(tomorrow, figuresOf(tomorrow), today)).toEqual(['future']);
    const longAgo = { ...zamalka(), date: '1916' };
    expect(oddValues(longAgo, figuresOf(longAgo), today)).toEqual(['old']);
  });
});
