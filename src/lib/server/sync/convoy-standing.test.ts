import { describe, expect, test } from 'vitest';
import type { Change, Group, Json } from '#lib/changes/change.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { standingOfConvoy, type ReceivedGroup } from './convoy-standing.ts';

let count = 0;
const newId = (): string => `x${(count += 1)}`;

interface Draft {
  readonly kind: string;
  readonly record: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly base?: readonly string[];
}

function received(drafts: readonly Draft[], receivedAt = 1): ReceivedGroup {
  const changes = drafts.map(({ kind, record, values, base = [] }): Change => ({
    id: newId(),
    operation: 'o',
    kind,
    record,
    fields: Object.fromEntries(
      Object.entries(values).map(([field, value]) => [field, { value, base }]),
    ),
    deviceTime: '2016-06-29T12:00:00Z',
    author: 'a',
    schema: 1,
  }));
  const group: Group = { id: newId(), operation: 'o', stream: 'log', device: 'd', changes };
  return { group, receivedAt };
}

const report = (values: Readonly<Record<string, Json>>, record = newId()): Draft => ({
  kind: 'report',
  record,
  values: { convoy: 'c', ...values },
});
const movement = (values: Readonly<Record<string, Json>>, record = newId()): Draft => ({
  kind: 'movement',
  record,
  values: { convoy: 'c', ...values },
});
const standing = (...groups: ReceivedGroup[]) => standingOfConvoy('c', groups, () => true);
/** The convoy's own record, of which nothing else is said. */
const convoy = () => received([{ kind: 'convoy', record: 'c', values: { _created: true } }]);
const day = (text: string): number => {
  const date = parsePartialDate(text);
  if (!date.ok) throw new Error(text);
  return date.value.latest;
};

describe('where a convoy stands, for its release', () => {
  test('nothing known is no end', () => {
    expect(standing()).toEqual({
      ended: false,
      lastDay: null,
      onTheRoad: null,
      onTheRoadSaidAt: null,
      letGo: false,
    });
  });

  test('an end outranks a stage; an accepted status stands over both', () => {
    const reports = received([report({ status: 'departed' }), report({ status: 'delivered' })]);
    expect(standing(reports).ended).toBe(true);
    expect(standing(received([report({ status: 'at_checkpoint' })])).ended).toBe(false);
    const accepted = received([{ kind: 'convoy', record: 'c', values: { status: 'loaded' } }]);
    expect(standing(reports, accepted).ended).toBe(false);
  });

  test('S4: a movement from which the convoy is taken away still keeps it back', () => {
    const road = received([movement({ onTheRoad: true }, 'm')], 7);
    const base = road.group.changes.map((change) => change.id);
    const away = (to: Json) =>
      received([{ kind: 'movement', record: 'm', values: { convoy: to }, base }], 8);
    expect(standing(road, away(null))).toMatchObject({ onTheRoad: true, onTheRoadSaidAt: 7 });
    expect(standing(road, away('other'))).toMatchObject({ onTheRoad: true, onTheRoadSaidAt: 7 });
    const deleted = received([{ kind: 'movement', record: 'm', values: { _deleted: true }, base }]);
    expect(standing(road, deleted).onTheRoad).toBeNull();
    // What the other convoy's movement lets go is that one alone.
    const released = received([{ kind: 'movement', record: 'm', values: { released: true } }]);
    expect(standing(road, away('other'), released).letGo).toBe(false);
  });

  test('totals, deleted reports and those of other convoys say nothing', () => {
    const first = received([report({ status: 'delivered' }, 'r')]);
    const base = first.group.changes.map((change) => change.id);
    const deleted = received([{ kind: 'report', record: 'r', values: { _deleted: true }, base }]);
    expect(standing(first, deleted).ended).toBe(false);
    expect(standing(received([report({ status: 'delivered', scope: 'total' })])).ended).toBe(false);
    expect(standing(received([report({ status: 'delivered', convoy: 'other' })])).ended).toBe(
      false,
    );
  });

  test('a conflict between an end and a stage is a stage until it is settled', () => {
    const accept = (status: string) =>
      received([{ kind: 'convoy', record: 'c', values: { status } }]);
    expect(standing(accept('delivered'), accept('departed')).ended).toBe(false);
  });

  test('of several dates the latest counts, an imprecise one to its end', () => {
    const dates = received([report({ date: '2016-06-20' }), report({ date: '2016-06' })]);
    expect(standing(convoy(), dates).lastDay).toBe(day('2016-06-30'));
    const accepted = received([{ kind: 'convoy', record: 'c', values: { date: '2016-06-21' } }]);
    expect(standing(dates, accepted).lastDay).toBe(day('2016-06-21'));
  });

  test('S7: no date counts where the convoy itself is not here (yet): the road may be missing too', () => {
    const reports = received([report({ status: 'delivered', date: '2016-06-20' })]);
    expect(standing(reports)).toMatchObject({ ended: true, lastDay: null });
    expect(standing(reports, convoy()).lastDay).toBe(day('2016-06-20'));
  });

  test('stops alone end a convoy when all have an outcome', () => {
    const stop = (outcome: string): Draft => ({
      kind: 'stop',
      record: newId(),
      values: { convoy: 'c', outcome, arrivedOn: '2016-06-01' },
    });
    expect(standing(convoy(), received([stop('delivered'), stop('denied')]))).toMatchObject({
      ended: true,
      lastDay: day('2016-06-01'),
    });
    expect(standing(received([stop('delivered'), stop('arrived')])).ended).toBe(false);
  });

  test('of the road the last that the server heard counts', () => {
    const out = received([movement({ onTheRoad: true })], 5);
    const back = received([movement({ onTheRoad: false })], 9);
    expect(standing(out, back)).toMatchObject({ onTheRoad: false, onTheRoadSaidAt: 9 });
    expect(standing(back, out)).toMatchObject({ onTheRoad: true, onTheRoadSaidAt: 5 });
  });
});
