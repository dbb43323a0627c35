import { describe, expect, test } from 'vitest';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import {
  draftOfRequest,
  editsOfRequest,
  headFields,
  isUntouchedRequest,
  lineFields,
  newRequest,
  type RequestDraft,
  requestDraftOf,
} from './request-form.ts';

let next = 0;
const newId = (): string => `id${(next += 1)}`;
const heads = headFields([], []);
const fields = lineFields((key) => key);
const place = (id: string) => [{ id, name: id, isNew: false }];

describe('a request', () => {
  test('is saved with several lines, and nothing is refused for being incomplete', () => {
    const draft = newRequest(newId, '2016-07');
    draft.lines[0]!.places['locality'] = place('duma');
    draft.lines.push({
      id: 'second',
      source: 's',
      texts: { peopleRequested: '~2,000', 'peopleRequested.unit': 'families' },
      places: { locality: place('arbin') },
    });
    const edits = editsOfRequest(draft, { before: null, heads, fields });
    expect(edits.ok && edits.value.map(({ kind }) => kind)).toEqual([
      'accessRequest',
      'requestLine',
      'requestLine',
    ]);
    expect(edits.ok && edits.value[0]?.values['period']).toBe('2016-07');
    expect(edits.ok && edits.value[2]?.values).toEqual({
      request: draft.head.id,
      locality: 'arbin',
      peopleRequested: { q: '~', n: 2_000, unit: 'families' },
    });
  });

  test('an empty line is none; a line without a place says so', () => {
    const draft = newRequest(newId, '2016-07');
    expect(editsOfRequest(draft, { before: null, heads, fields })).toMatchObject({
      ok: true,
      value: { length: 1 },
    });
    draft.lines[0]!.texts['outcome'] = 'on_hold';
    expect(editsOfRequest(draft, { before: null, heads, fields })).toEqual({
      ok: false,
      error: [{ line: 0, key: 'locality', type: 'missing' }],
    });
  });

  const dataset = datasetOf({
    duma: ['locality', { name: 'Duma' }],
    july: ['accessRequest', { period: '2016-07', authority: 'MoFA', submittedOn: '2016-06-20' }],
    line: [
      'requestLine',
      {
        request: 'july',
        locality: 'duma',
        peopleRequested: { q: '..', n: 10, m: 20 },
        outcome: 'approved_in_part',
      },
    ],
  });
  const open = () =>
    draftOfRequest(dataset.accessRequest.get('july')!, [...dataset.requestLine.values()], {
      heads,
      fields,
      placeName: () => 'Duma',
    });
  function corrected(change: (draft: RequestDraft) => void) {
    const before = open();
    const draft = structuredClone(before);
    change(draft);
    return editsOfRequest(draft, { before, heads, fields });
  }

  test('a correction that touches nothing writes nothing', () => {
    expect(corrected(() => undefined)).toEqual({ ok: true, value: [] });
    expect(isUntouchedRequest(open(), open())).toBe(true);
  });

  test('a correction writes only what was touched, so that what others changed meanwhile stands', () => {
    const answered = corrected(({ head, lines }) => {
      head.texts['answeredOn'] = '2016-06-28';
      head.texts['submittedOn'] = '';
      lines[0]!.texts['outcome'] = 'approved_in_full';
    });
    expect(answered).toEqual({
      ok: true,
      value: [
        {
          kind: 'accessRequest',
          id: 'july',
          values: { answeredOn: '2016-06-28', submittedOn: null },
        },
        { kind: 'requestLine', id: 'line', values: { outcome: 'approved_in_full' } },
      ],
    });
  });

  test('a new line of a request on record names its request; one taken out is deleted', () => {
    const edits = corrected((draft) => {
      draft.removed.push('line');
      draft.lines = [{ id: 'new', source: 's', texts: {}, places: { locality: place('arbin') } }];
    });
    expect(edits).toEqual({
      ok: true,
      value: [
        { kind: 'requestLine', id: 'new', values: { request: 'july', locality: 'arbin' } },
        { kind: 'requestLine', id: 'line', values: { _deleted: true } },
      ],
    });
  });

  test('a line on record that lost its place is not forgotten: it says that it needs one', () => {
    const emptied = corrected(({ lines }) => {
      lines[0]!.texts = {};
      lines[0]!.places = {};
    });
    expect(emptied).toEqual({
      ok: false,
      error: [{ line: 0, key: 'locality', type: 'missing' }],
    });
  });

  test('half typed, it is found again as it was', () => {
    const draft = newRequest(newId, '2016-07');
    draft.lines[0]!.texts['peopleRequested'] = 'many';
    const kept = { form: 'request', about: 'new', ...draft };
    expect(requestDraftOf(structuredClone(kept))).toEqual(draft);
    expect(isUntouchedRequest(draft, newRequest(newId, '2016-07'))).toBe(false);
    expect(requestDraftOf({ form: 'status', about: 'new' })).toBeNull();
  });
});
