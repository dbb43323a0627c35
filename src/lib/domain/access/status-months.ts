import { type Day, monthIndexOf, spanOfMonth } from '../dates/day.ts';
import type { AccessStatusValue } from '../records/vocabularies.ts';
import { Remembered, SameLists } from './remembered.ts';
import type { StatusRegister, StatusStatement } from './status-registers.ts';
import { statusOn } from './statuses.ts';

/** The localities that hold a status on the day on which a month is looked at, by id. */
export interface StatusMonth {
  /** `monthIndexOf` */
  readonly month: number;
  /** The month's last day, or the as-of date in the running month. */
  readonly day: Day;
  readonly holding: readonly string[];
  /** They may hold it, or may not. */
  readonly unclear: readonly string[];
}

/** What is remembered between two calls of `statusMonths`. */
export interface StatusMonthsMemory {
  readonly months: Remembered<readonly StatusMonth[]>;
  readonly places: Remembered<Uint8Array>;
  readonly holding: SameLists<string>;
  readonly unclear: SameLists<string>;
}

export const statusMonthsMemory = (): StatusMonthsMemory => ({
  months: new Remembered(),
  places: new Remembered(),
  holding: new SameLists(),
  unclear: new SameLists(),
});

const HOLDS = 1;
const UNCLEAR = 2;

/** Days on which what is known of a status can be another than on the day before. */
function turningDays(statements: readonly StatusStatement[]): Day[] {
  return statements.flatMap(({ from, until }) => [
    from.earliest,
    from.latest,
    ...(until ? [until.earliest + 1, until.latest + 1] : []),
  ]);
}

/** Whether a locality holds the status on each of some days, in their order. */
function heldOn(
  statements: readonly StatusStatement[],
  status: AccessStatusValue,
  days: readonly Day[],
): Uint8Array {
  const turns = turningDays(statements).sort((a, b) => a - b);
  const held = new Uint8Array(days.length);
  let turn = 0;
  days.forEach((day, i) => {
    const before = turn;
    while (turn < turns.length && turns[turn]! <= day) turn++;
    if (i > 0 && turn === before) {
      held[i] = held[i - 1]!;
      return;
    }
    const { possible } = statusOn(statements, day);
    held[i] = !possible.includes(status) ? 0 : possible.length === 1 ? HOLDS : UNCLEAR;
  });
  return held;
}

/**
 * For each month from that of `since` to that of the as-of date, which localities hold the status
 * at its end (indicator 4). With the `memory` of an earlier call only localities are looked at
 * whose statements changed, and lists of localities that did not change are the same.
 */
export function statusMonths(
  register: StatusRegister,
  { status, since, asOf }: { status: AccessStatusValue | 'any'; since: Day; asOf: Day },
  memory = statusMonthsMemory(),
): readonly StatusMonth[] {
  return memory.months.get('', [register, status, since, asOf], () => {
    const first = monthIndexOf(since);
    const days: Day[] = [];
    for (let month = first; month <= monthIndexOf(asOf); month++) {
      days.push(Math.min(spanOfMonth(month).latest, asOf));
    }
    const lists = days.map(() => ({ holding: [] as string[], unclear: [] as string[] }));
    for (const [locality, statements] of status === 'any' ? [] : register) {
      const held = memory.places.get(locality, [statements, status, since, asOf], () =>
        status === 'any' ? new Uint8Array() : heldOn(statements, status, days),
      );
      held.forEach((state, i) => {
        if (state === HOLDS) lists[i]!.holding.push(locality);
        else if (state === UNCLEAR) lists[i]!.unclear.push(locality);
      });
    }
    return lists.map(({ holding, unclear }, i) => ({
      month: first + i,
      day: days[i]!,
      holding: memory.holding.of(first + i, holding),
      unclear: memory.unclear.of(first + i, unclear),
    }));
  });
}
