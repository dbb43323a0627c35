import { type Chart, type ChartTableRow, cell } from '#lib/charts/prepare/chart.ts';
import { type DatedMark, monthCells, monthsBefore } from '#lib/charts/prepare/month-cells.ts';
import type { MonthsPlace } from '#lib/charts/prepare/months-chart.ts';
import type { PlaceLine } from '#lib/charts/prepare/places-layout.ts';
import type { TimelineDelivery, TimelineInput } from '#lib/charts/prepare/timeline-input.ts';
import type { PlaceRow, StopMark } from '#lib/client/state/views.ts';
import type { Bounds } from '#lib/domain/dates/between.ts';
import type { Day, Span } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Reader } from '#lib/statements/render.ts';
import { labelOfGap } from '../place/gap-label.ts';
import { localityName, localityText } from '../place/locality-name.ts';
import { rowTimeline } from '../place/place-timeline.ts';

/** Months that have a cell beside the time line on a laptop. */
const MONTHS = 6;

/** `60 days`, `60–167 days`: the lesser stands first in reading order. */
export function daysText({ language }: Reader, [least, greatest]: Bounds): string {
  const figure = language.range(least, greatest);
  // after a range the number stands, whatever words a language has for one and two things
  const count = least === greatest ? greatest : Math.max(3, greatest);
  return language.t('unit.days', { count, figure });
}

/** The marks of a row that share a figure with another place have the same key there. */
function sharedKey(place: string, mark: StopMark): string | undefined {
  if (mark.sharedWith.length === 0) return undefined;
  const places = [place, ...mark.sharedWith.map(({ id }) => id)].sort();
  return [mark.convoy, mark.date.edtf, ...places].join(' ');
}

const datedMarks = (marks: readonly StopMark[]): DatedMark[] =>
  marks.map(({ convoy, date, isPossible }, index) => ({
    id: `${convoy} ${index}`,
    date,
    record: convoy,
    isPossible,
  }));

function recordsSinceOf(row: PlaceRow): Span | null {
  const since = row.gaps?.recordsSince ? parsePartialDate(row.gaps.recordsSince) : null;
  return since?.ok ? since.value : null;
}

/** Rows of the list of places as rows of the map of months. */
export const monthsPlaces = (rows: readonly PlaceRow[], { language }: Reader): MonthsPlace[] =>
  rows.map((row) => ({
    id: row.locality.id,
    name: localityText(row.locality, language.locale),
    deliveries: datedMarks(row.deliveries),
    refusals: datedMarks(row.refusals),
    recordsSince: recordsSinceOf(row),
  }));

function lineInput(row: PlaceRow, asOf: Day, reader: Reader): TimelineInput {
  const { from: _, ...input } = rowTimeline(row, asOf, asOf, reader);
  return {
    ...input,
    deliveries: input.deliveries.map((delivery, index): TimelineDelivery => {
      const mark = row.deliveries[index];
      const shared = mark && sharedKey(row.locality.id, mark);
      return shared === undefined ? delivery : { ...delivery, shared };
    }),
    statuses: row.bands.map(({ from, to, status }) => ({ from, to, status, label: '' })),
  };
}

/** Rows of the list of places as rows of the time line of all places. */
export function placeLines(
  rows: readonly PlaceRow[],
  asOf: Day,
  reader: Reader,
): readonly PlaceLine[] {
  const { language } = reader;
  const months = monthsBefore(asOf, MONTHS);
  return rows.map((row) => {
    const { locality, status, wait, isRanked, deliveries, refusals } = row;
    const { main, other } = localityName(locality, language.locale);
    let input: TimelineInput | undefined;
    const waitText = wait ? daysText(reader, wait) : language.t('places.none');
    const statusText = language.t(`status.${status ?? 'unknown'}`);
    return {
      id: locality.id,
      name: main,
      other,
      // only the rows that are seen need theirs
      get input(): TimelineInput {
        return (input ??= lineInput(row, asOf, reader));
      },
      wait: waitText,
      label: language.t('chart.rowLabel', {
        place: main.text,
        status: statusText,
        wait: waitText,
        count: deliveries.length,
      }),
      waitDays: wait ? wait[0] : null,
      isRanked,
      status,
      area: locality.parentArea ?? locality.adm1 ?? '',
      months: monthCells(
        {
          deliveries: datedMarks(deliveries),
          refusals: datedMarks(refusals),
          recordsSince: recordsSinceOf(row),
        },
        months,
        asOf,
      ),
      records: [...new Set([...deliveries, ...refusals].map(({ convoy }) => convoy))],
    };
  });
}

/** The same places as a table: every date that the time line draws, as precise as it is known. */
export function placesTable(
  lines: readonly PlaceLine[],
  rows: readonly PlaceRow[],
  reader: Reader,
): Chart['table'] {
  const { language } = reader;
  const rowById = new Map(rows.map((row) => [row.locality.id, row]));
  const datesOf = (marks: readonly StopMark[]) => {
    const dates = marks.map(({ date }) => date.edtf);
    if (dates.length === 0) return cell(language.t('chart.noDate'), '');
    return cell(dates.map((date) => language.date(date, 'short')).join(' · '), dates.join(' '));
  };
  return {
    columns: [
      { title: language.t('chart.colPlace') },
      { title: language.t('chart.colStatus') },
      { title: language.t('chart.colWait') },
      { title: language.t('chart.colLongest') },
      { title: language.t('chart.colDeliveries') },
      { title: language.t('chart.colRefusals') },
    ],
    rows: lines.flatMap((line): readonly ChartTableRow[] => {
      const row = rowById.get(line.id);
      if (!row) return [];
      const days = row.wait ? [...new Set(row.wait)].join('-') : '';
      const closed = row.gaps?.recorded.gaps ?? [];
      const longest = closed.reduce<(typeof closed)[number] | null>(
        (best, gap) => (best && best.days[0] >= gap.days[0] ? best : gap),
        null,
      );
      const longestText = longest
        ? labelOfGap(reader, longest.from.date, longest.to.date, longest.days)
        : '';
      return [
        {
          cells: [
            cell(line.name.text),
            cell(language.t(`status.${row.status ?? 'unknown'}`), row.status ?? 'unknown'),
            cell(line.wait, days),
            cell(longestText, longest ? [...new Set(longest.days)].join('-') : ''),
            datesOf(row.deliveries),
            datesOf(row.refusals),
          ],
          records: line.records,
        },
      ];
    }),
  };
}
