import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Day } from '../dates/day.ts';
import type { PartialDate } from '../dates/partial-date.ts';
import type { Claim } from '../records/dataset.ts';
import { type AccessRecords, buildAccess, type DatedStop } from './access-records.ts';
import { dateOf } from './agreement.ts';
import { computeClaims, type Verdict } from './claims.ts';
import {
  historyDay,
  historySteps,
  recordsAfter,
  type Step,
  stepsOf,
} from './histories.arbitrary.ts';
import { type Lens, type LensMatch, lensTest } from './lens.ts';
import { registerOf } from './status-registers.ts';
import { statusOn } from './statuses.ts';

/**
 * Indicator 11 against a slow one that follows its words: every date is the list of the days on
 * which it can have been, and every day is held against every other. It reads the derived convoys
 * alone, none of the indexes, and knows nothing of coverage or gaps.
 */

const RUNS = { numRuns: 2_500 };
const CLASSIFIER = 'UN';
const LENSES: Readonly<Record<string, Lens>> = {
  '': {},
  'sector=FSC': { sector: 'FSC' },
  joint: { joint: true },
  'status=besieged': {},
  'status=besieged; sector=FSC': { sector: 'FSC' },
};

const daysOf = ({ earliest, latest }: Pick<PartialDate, 'earliest' | 'latest'>): Day[] =>
  Array.from({ length: latest - earliest + 1 }, (_, i) => earliest + i);
const always = (a: readonly Day[], b: readonly Day[], holds: (a: Day, b: Day) => boolean) =>
  a.every((one) => b.every((other) => holds(one, other)));
const ever = (a: readonly Day[], b: readonly Day[], holds: (a: Day, b: Day) => boolean) =>
  a.some((one) => b.some((other) => holds(one, other)));
const isEarlier = (one: Day, other: Day): boolean => one < other;
const isSameDay = (one: Day, other: Day): boolean => one === other;

interface Delivery {
  readonly stop: DatedStop;
  readonly days: readonly Day[];
  readonly match: LensMatch;
}

function deliveriesTo(access: AccessRecords, locality: string, lens: Lens): readonly Delivery[] {
  const match = lensTest(lens, access.dataset.organisation);
  return [...access.convoys.values()]
    .flatMap(({ stops }) => stops)
    .filter((stop): stop is DatedStop => stop.date !== null)
    .filter(({ outcome }) => outcome === 'delivered' || outcome === 'partially_delivered')
    .filter(({ localities }) => localities.includes(locality))
    .map((stop) => ({ stop, days: daysOf(stop.date), match: match(stop, locality) }))
    .filter((delivery) => delivery.match !== 'no');
}

/** Deliveries are believed complete from the first day of `since` on. */
function isComplete({ dataset }: AccessRecords, locality: string, since: readonly Day[]): boolean {
  const known = dateOf(dataset.locality.get(locality)?.recordsSince);
  return known !== null && daysOf(known).every((day) => day <= since[0]!);
}

/** Delivered to a place, nobody knows when, and perhaps what the lens asks for. */
function hasUndated(access: AccessRecords, locality: string, lens: Lens): boolean {
  const match = lensTest(lens, access.dataset.organisation);
  return [...access.convoys.values()]
    .flatMap(({ stops }) => stops)
    .filter(({ date, localities }) => date === null && localities.includes(locality))
    .filter(({ outcome }) => outcome === 'delivered' || outcome === 'partially_delivered')
    .some((stop) => match(stop, locality) !== 'no');
}

/** "Supported by a delivered stop overlapping the since date and none after it and before …" */
function slowFirstSince(
  access: AccessRecords,
  claim: Claim,
  locality: string,
  since: readonly Day[],
  came: readonly Day[],
): Verdict {
  const others = deliveriesTo(access, locality, LENSES[claim.lens ?? '']!).filter(
    ({ stop }) => stop.convoy !== claim.convoy,
  );
  const after = others.filter(({ days }) => always(since, days, isEarlier));
  const isSure = ({ stop, days, match }: Delivery): boolean =>
    match === 'yes' && !stop.date.approximate && always(days, came, isEarlier);
  if (after.some(isSure)) return 'contradicted';
  if (after.some(({ days }) => ever(days, came, isEarlier))) return 'not_on_record';
  if (claim.sinceIs === 'date') {
    return isComplete(access, locality, since) ? 'supported' : 'not_on_record';
  }
  const then = others.filter(
    ({ days, match }) =>
      match === 'yes' && ever(days, since, isSameDay) && always(days, came, isEarlier),
  );
  if (then.length === 0) return 'not_on_record';
  const isOwn = ({ stop }: Delivery): boolean =>
    stop.sources.length > 0 && !stop.sources.some((source) => source !== claim.source);
  return then.some((delivery) => !isOwn(delivery)) ? 'supported' : 'same_source';
}

/** "Coverage is all", of the places that surely were besieged when the claim was made. */
function slowAllReached(
  access: AccessRecords,
  claim: Claim,
  since: readonly Day[],
  until: Day,
): Verdict {
  if (until < since[0]!) return 'not_on_record';
  const listed = [...registerOf(access.registers, CLASSIFIER)].flatMap(([locality, statements]) => {
    const { possible } = statusOn(statements, until);
    return possible.every((status) => status === 'besieged') ? [locality] : [];
  });
  const isInside = (day: Day): boolean => day >= since[0]! && day <= until;
  const reached = (locality: string): 'surely' | 'perhaps' | 'not' => {
    const lens = LENSES[claim.lens ?? '']!;
    const deliveries = deliveriesTo(access, locality, lens);
    const isSure = ({ days, stop, match }: Delivery): boolean =>
      match === 'yes' && !stop.date.approximate && days.every(isInside);
    if (deliveries.some(isSure)) return 'surely';
    const isPossible = deliveries.some(({ days }) => days.some(isInside));
    return isPossible || hasUndated(access, locality, lens) ? 'perhaps' : 'not';
  };
  const answers = listed.map((locality) => ({ locality, is: reached(locality) }));
  const isMissed = answers.some(
    ({ locality, is }) => is === 'not' && isComplete(access, locality, since),
  );
  if (isMissed) return 'contradicted';
  return answers.length > 0 && answers.every(({ is }) => is === 'surely')
    ? 'supported'
    : 'not_on_record';
}

function slowVerdict(access: AccessRecords, claim: Claim, asOf: Day): Verdict {
  const date = access.convoys.get(claim.convoy)?.date;
  const since = dateOf(claim.since);
  if (!date || !since || claim.kind === 'share_reached') return 'not_on_record';
  if (claim.kind === 'all_reached') {
    return claim.lens?.includes('status=')
      ? slowAllReached(access, claim, daysOf(since), Math.min(asOf, ...daysOf(date).slice(-1)))
      : 'not_on_record';
  }
  const verdicts = (claim.localities ?? []).map((locality) =>
    slowFirstSince(access, claim, locality, daysOf(since), daysOf(date)),
  );
  const worst = (['contradicted', 'not_on_record', 'same_source'] as const).find((one) =>
    verdicts.includes(one),
  );
  return worst ?? (verdicts.length === 0 ? 'not_on_record' : 'supported');
}

/** Claims about the next convoy: first since a delivery on record, says who told of it; all since a year. */
function claimsOfDeliveries(access: AccessRecords): readonly Step[] {
  const convoys = [...access.convoys.keys()];
  return convoys.flatMap((convoy, at) => {
    const next = convoys[(at + 1) % convoys.length];
    const firsts = (access.convoys.get(convoy)?.stops ?? []).flatMap((stop): Step[] => {
      const { id, date, localities, sources } = stop;
      if (!date || localities.length === 0) return [];
      const source = sources[0] === undefined ? {} : { source: sources[0] };
      const since = { since: date.edtf, sinceIs: 'delivery', ...source };
      const values = { convoy: next, kind: 'first_since', localities, ...since };
      return [{ kind: 'claim', id: `of ${id}`, values }];
    });
    const since = at % 2 === 0 ? '2015' : '2016';
    const all = { convoy: next, kind: 'all_reached', lens: 'status=besieged', since };
    return [...firsts, { kind: 'claim', id: `all ${convoy}`, values: all }];
  });
}

test('oracle of indicator 11: each day of a claim held against each day of every delivery', () => {
  const seen = new Set<string>();
  const history = fc.tuple(historySteps(4), stepsOf('report', 0), stepsOf('claim', 4), historyDay);
  fc.assert(
    fc.property(history, ([steps, reports, claims, asOf]) => {
      const told = [...steps, ...reports, ...claims];
      const more = claimsOfDeliveries(buildAccess(recordsAfter(told)));
      const access = buildAccess(recordsAfter([...told, ...more]));
      const expected = [...access.dataset.claim.values()]
        .filter(({ convoy }) => {
          const date = access.convoys.get(convoy)?.date;
          return !date || date.earliest <= asOf;
        })
        .map((claim) => [claim.id, slowVerdict(access, claim, asOf)] as const);
      const found = computeClaims(access, { asOf, classifier: CLASSIFIER });
      expect(new Map(found.map(({ claim, verdict }) => [claim, verdict]))).toEqual(
        new Map(expected),
      );
      for (const { kind, verdict } of found) seen.add(`${kind} ${verdict}`);
    }),
    RUNS,
  );
  // What never comes up is not tried.
  for (const verdict of ['supported', 'contradicted', 'same_source', 'not_on_record']) {
    expect(seen).toContain(`first_since ${verdict}`);
    if (verdict !== 'same_source') expect(seen).toContain(`all_reached ${verdict}`);
  }
});
