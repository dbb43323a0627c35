import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayToIso } from '../dates/day.ts';
import { type AccessRecords, buildAccess } from './access-records.ts';
import type { DerivedConvoy } from './from-reports.ts';
import {
  asOfDay,
  daysOf,
  daysOfText,
  happenings,
  peopleRange,
  SEED,
} from './happenings.arbitrary.ts';
import { computeRequests } from './requests.ts';

type Truth = 'yes' | 'maybe' | 'no';
const both = (a: Truth, b: Truth): Truth =>
  a === 'no' || b === 'no' ? 'no' : a === 'maybe' || b === 'maybe' ? 'maybe' : 'yes';
const either = (all: readonly Truth[]): Truth =>
  all.includes('yes') ? 'yes' : all.includes('maybe') ? 'maybe' : 'no';
/** Over all days that a date can be: on every one, on some, on none it had come. */
function hadCome(days: readonly number[], asOf: number): Truth {
  const come = days.filter((day) => day <= asOf).length;
  return come === 0 ? 'no' : come === days.length ? 'yes' : 'maybe';
}

const LEFT = [
  'departed',
  'at_checkpoint',
  'arrived',
  'delivered',
  'partially_delivered',
  'diverted',
  'attacked',
];
const ON_ROAD = ['departed', 'checkpoint', 'turned_back', 'arrived', 'unloading', 'returned'];

function left({ dataset }: AccessRecords, convoy: DerivedConvoy): Truth {
  const all: (string | null | undefined)[] = [convoy.status];
  for (const { outcome } of convoy.stops) all.push(outcome);
  const record = dataset.convoy.get(convoy.id)!;
  const told = [...dataset.report.values()]
    .filter(
      (one) => one.convoy === convoy.id && one.scope !== 'total' && record.status === undefined,
    )
    .map((one) => one.status);
  if ([...all, ...told].some((one) => LEFT.includes(one ?? ''))) return 'yes';
  for (const entry of dataset.logEntry.values()) {
    const at = dataset.movement.get(entry.movement)?.convoy;
    if (at === convoy.id && ON_ROAD.includes(entry.kind)) return 'yes';
  }
  const stuck = all.some((one) => one === 'aborted' || one === 'denied');
  const trucks = [record.trucksDispatched, record.trucksEntered].some(
    (one) => one && one.q !== '<' && one.n > 0,
  );
  if (trucks && (stuck || all.includes(null))) return 'yes';
  return stuck && convoy.status !== null ? 'maybe' : 'no';
}

const about = (date: DerivedConvoy['date']): Truth => (date?.approximate ? 'maybe' : 'yes');

/** One line of a plan, told from every day on which anything of it may have happened. */
function lineTruth(access: AccessRecords, id: string, asOf: number) {
  const { dataset, convoys } = access;
  const line = dataset.requestLine.get(id)!;
  const request = dataset.accessRequest.get(line.request)!;
  const submitted = daysOfText(request.submittedOn);
  const answered = daysOfText(request.answeredOn);
  const period = daysOfText(request.period)!;
  if (submitted?.every((day) => day > asOf)) return null;
  const places = new Set(
    [...dataset.requestLine.values()]
      .filter((one) => one.request === request.id)
      .map(({ locality }) => locality),
  );
  const departures: Truth[] = [];
  const deliveries: Truth[] = [];
  for (const convoy of convoys.values()) {
    const isOurs =
      request.convoy === convoy.id || dataset.convoy.get(convoy.id)!.request === request.id;
    const here = convoy.stops.filter(({ localities }) => localities.includes(line.locality));
    if (!isOurs || (convoy.stops.length > 0 && here.length === 0)) continue;
    const came = convoy.date
      ? both(hadCome(daysOf(convoy.date), asOf), about(convoy.date))
      : 'maybe';
    const went = both(left(access, convoy), came);
    departures.push(convoy.stops.length === 0 && places.size > 1 ? both(went, 'maybe') : went);
    for (const stop of here.filter(({ delivered }) => delivered)) {
      const truth = stop.date ? both(hadCome(daysOf(stop.date), asOf), about(stop.date)) : 'maybe';
      deliveries.push(truth);
      departures.push(truth);
    }
  }
  const departed = either(departures);
  const answerCame = answered ? hadCome(answered, asOf) : 'no';
  const evidence: Truth[] = [departed === 'yes' ? 'yes' : 'no', answerCame];
  if (submitted) evidence.push(hadCome(submitted, asOf));
  else if (!answered || answerCame === 'no') evidence.push(period[0]! <= asOf ? 'yes' : 'no');
  const open =
    departed === 'yes'
      ? 'unrecorded'
      : period.every((day) => day < asOf)
        ? 'outcome_unknown'
        : 'awaiting';
  const outcome = line.outcome ?? 'requested';
  const isGiven: Truth = outcome === 'requested' ? 'no' : answered ? answerCame : 'yes';
  const answers = isGiven === 'yes' ? [outcome] : isGiven === 'no' ? [open] : [outcome, open];
  return {
    line,
    period,
    requested: either(evidence),
    departed,
    delivered: either(deliveries),
    answers,
  };
}

test('oracle of indicator 6: every line told day by day, then counted', () => {
  fc.assert(
    fc.property(
      happenings,
      asOfDay,
      fc.option(fc.integer({ min: 2, max: 6 })),
      (dataset, asOf, householdSize) => {
        const access = buildAccess(dataset);
        const stages = new Map<
          string,
          { low: number; high: number; ids: string[]; from: number; to: number; given: number }
        >();
        const count = (period: string, stage: string, truth: Truth, id: string): void => {
          if (truth === 'no') return;
          const key = `${period} ${stage}`;
          const known = stages.get(key) ?? { low: 0, high: 0, ids: [], from: 0, to: 0, given: 0 };
          const range = peopleRange(dataset.requestLine.get(id)!.peopleRequested, householdSize);
          known.low += truth === 'yes' ? 1 : 0;
          known.high += 1;
          known.ids.push(id);
          known.given += range ? 1 : 0;
          known.from += range && truth === 'yes' ? range[0] : 0;
          known.to += range ? range[1] : 0;
          stages.set(key, known);
        };
        for (const id of dataset.requestLine.keys()) {
          if (!dataset.accessRequest.has(dataset.requestLine.get(id)!.request)) continue;
          const truth = lineTruth(access, id, asOf);
          if (!truth || truth.requested === 'no') continue;
          const months = [...new Set(truth.period.map((day) => dayToIso(day).slice(0, 7)))];
          const period = months.length === 1 ? months[0]! : months.join('/');
          count(period, 'requested', truth.requested, id);
          count(period, 'departed', truth.departed, id);
          count(period, 'delivered', truth.delivered, id);
          const isSure = truth.answers.length === 1 && truth.requested === 'yes';
          for (const answer of truth.answers) count(period, answer, isSure ? 'yes' : 'maybe', id);
        }
        const funnel = computeRequests(access, {
          asOf,
          ...(householdSize === null ? {} : { householdSize }),
        });
        const found = funnel.periods.flatMap(
          ({ period, requested, departed, delivered, answers }) =>
            Object.entries({ requested, departed, delivered, ...answers })
              .filter(([, { lines }]) => lines[1] > 0)
              .map(([stage, { lines, from, people }]) => ({
                key: `${period} ${stage}`,
                lines,
                ids: [...from].sort(),
                people: people.people,
              })),
        );
        const expected = [...stages].map(([key, { low, high, ids, from, to, given }]) => ({
          key,
          lines: [low, high],
          ids: ids.sort(),
          people: given === 0 ? null : [from, to],
        }));
        const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
        expect(found.sort(byKey)).toEqual(expected.sort(byKey));
      },
    ),
    { numRuns: 2_000, seed: SEED },
  );
});

test('oracle of the days from request to answer: every pair of days tried', () => {
  fc.assert(
    fc.property(happenings, asOfDay, (dataset, asOf) => {
      const expected = [...dataset.accessRequest.values()].flatMap(
        ({ id, submittedOn, answeredOn }) => {
          const from = (daysOfText(submittedOn) ?? []).filter((day) => day <= asOf);
          const to = (daysOfText(answeredOn) ?? []).filter((day) => day <= asOf);
          const days = from
            .flatMap((one) => to.map((other) => other - one))
            .filter((one) => one >= 0);
          return days.length === 0
            ? []
            : [{ request: id, days: [Math.min(...days), Math.max(...days)] }];
        },
      );
      const { answerTimes } = computeRequests(buildAccess(dataset), { asOf });
      expect(answerTimes.map(({ request, days }) => ({ request, days }))).toEqual(expected);
    }),
    { numRuns: 2_000, seed: SEED },
  );
});
