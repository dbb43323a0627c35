import type { Bounds } from '../dates/between.ts';
import type { Figure } from '../figures/figure.ts';
import { peopleBounds } from '../figures/people.ts';
import type { AccessRecords } from './access-records.ts';
import type { FunnelLine } from './request-lines.ts';

/** People of a part of the funnel. The same person may stand in several lines. */
export interface FunnelPeople {
  /** null: nothing gives a number, which is never none. */
  readonly people: Bounds | null;
  /** How many lines (or stops) give no number. */
  readonly withoutNumber: number;
  /** A number in it is "about", "more than" or "fewer than". */
  readonly isLoose: boolean;
}

interface Counted {
  readonly figure: Figure | null | undefined;
  readonly isSure: boolean;
}

function peopleOf(all: readonly Counted[], householdSize: number | undefined): FunnelPeople {
  let sum: Bounds = [0, 0];
  let withoutNumber = 0;
  let isLoose = false;
  for (const { figure, isSure } of all) {
    const number = peopleBounds(figure ?? undefined, householdSize);
    if (!number) {
      withoutNumber += 1;
      continue;
    }
    sum = [sum[0] + (isSure ? number.people[0] : 0), sum[1] + number.people[1]];
    isLoose ||= number.isLoose;
  }
  return { people: withoutNumber === all.length ? null : sum, withoutNumber, isLoose };
}

/** People of lines: the least counts the certain ones alone, the most the possible ones too. */
export function peopleOfLines(
  certain: readonly FunnelLine[],
  possible: readonly FunnelLine[],
  figureOf: (line: FunnelLine) => Figure | null,
  householdSize: number | undefined,
): FunnelPeople {
  const counted = (lines: readonly FunnelLine[], isSure: boolean): Counted[] =>
    lines.map((line) => ({ figure: figureOf(line), isSure }));
  return peopleOf([...counted(certain, true), ...counted(possible, false)], householdSize);
}

/** People of the stops that delivered what these lines asked for, each stop once. */
export function peopleOfStops(
  { convoys }: Pick<AccessRecords, 'convoys'>,
  lines: readonly FunnelLine[],
  kind: 'reached' | 'intended',
  householdSize: number | undefined,
): FunnelPeople {
  const sure = new Set(lines.flatMap(({ stops }) => stops));
  const possible = new Set(lines.flatMap(({ possibleStops }) => possibleStops));
  const wanted = new Set(lines.flatMap((line) => line.convoys));
  const counted: Counted[] = [];
  for (const convoy of wanted) {
    for (const stop of convoys.get(convoy)?.stops ?? []) {
      const isSure = sure.has(stop.id);
      if (!isSure && !possible.has(stop.id)) continue;
      counted.push({ figure: stop.people[kind]?.value, isSure });
    }
  }
  return peopleOf(counted, householdSize);
}
