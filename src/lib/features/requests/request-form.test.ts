import { describe, expect, test } from 'vitest';
import { datasetOf } from '../../../../tests/support/fixture-dataset.ts';
import {
  draftOfRequest,
  editsOfRequest,
  headFields,
  lineFields,
  newRequest,
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
    const edits = editsOfRequest(draft, heads, fields);
    expect(edits.ok && edits.value.map(({ kind }) => kind)).toEqual([
      'accessRequest',
      'requestLine',
      'requestLine',
    ]);
    expect(edits.ok && edits.value[0]?.values['period']).toBe('2016-07');
    expect(edits.ok && edits.value[2]?.values).toMatchObject({
      request: draft.head.id,
      locality: 'arbin',
      peopleRequested: { q: '~', n: 2_000, unit: 'families' },
      outcome: null,
    });
  });

  test('an empty line is none; a line without a place says so', () => {
    const draft = newRequest(newId, '2016-07');
    expect(editsOfRequest(draft, heads, fields)).toMatchObject({ ok: true, value: { length: 1 } });
    draft.lines[0]!.texts['outcome'] = 'on_hold';
    expect(editsOfRequest(draft, heads, fields)).toEqual({
      ok: false,
      error: [{ line: 0, key: 'locality', type: 'missing' }],
    });
  });

  test('on record comes back as it was typed, and a line taken out is deleted', () => {
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
    const draft = draftOfRequest(
      dataset.accessRequest.get('july')!,
      [...dataset.requestLine.values()],
      () => 'Duma',
    );
    const edits = editsOfRequest(draft, heads, fields);
    expect(edits.ok && edits.value[1]?.values['peopleRequested']).toEqual({
      q: '..',
      n: 10,
      m: 20,
    });
    expect(edits.ok && edits.value[1]?.values).toMatchObject({
      outcome: 'approved_in_part',
    });
    draft.removed.push('line');
    draft.lines = [];
    const without = editsOfRequest(draft, heads, fields);
    expect(without.ok && without.value.at(-1)).toEqual({
      kind: 'requestLine',
      id: 'line',
      values: { _deleted: true },
    });
  });

  test('half typed, it is found again as it was', () => {
    const draft = newRequest(newId, '2016-07');
    draft.lines[0]!.texts['peopleRequested'] = 'many';
    expect(requestDraftOf({ form: 'request', about: 'new', ...draft })).toEqual(draft);
    expect(requestDraftOf({ form: 'status', about: 'new' })).toBeNull();
  });
});
