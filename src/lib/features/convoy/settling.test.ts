import { expect, test } from 'vitest';
import type { SourcedReport } from '#lib/client/state/views.ts';
import type { Report } from '#lib/domain/records/dataset.ts';
import { acceptedFields, differingDates, differingOutcomes } from './settling.ts';

const sourced = (report: Partial<Report>, index: number): SourcedReport => ({
  report: { id: `r${index}`, convoy: 'one', source: 's', ...report },
  source: undefined,
  sourceName: '',
});
const view = {
  sourced: [
    { status: 'delivered', date: '2016-06-29' },
    { status: 'attacked', date: '2016-06' },
    { status: 'delivered', date: '2016-06-29~' },
    { status: 'departed' },
    { status: 'denied', date: '2016-01', scope: 'total' },
  ].map((report, index) => sourced(report as Partial<Report>, index)),
};

test('outcomes are ends, the one most reports give first; stages and totals are none', () => {
  expect(differingOutcomes(view)).toEqual([
    { value: 'delivered', reports: 2 },
    { value: 'attacked', reports: 1 },
  ]);
});

test('a month stays a month beside a day, and about a day is no other day', () => {
  expect(differingDates(view)).toEqual([
    { value: '2016-06-29', reports: 2 },
    { value: '2016-06', reports: 1 },
  ]);
});

test('what somebody accepted can be taken back; what follows from reports cannot', () => {
  expect(acceptedFields({ status: 'delivered', trucksEntered: null, notes: 'x' })).toEqual([
    'status',
  ]);
});
