import type { Chart, DrawOptions } from '#lib/charts/prepare/chart.ts';
import {
  isWideChart,
  layoutPlaces,
  type PlaceLine,
  type PlacesLayout,
} from '#lib/charts/prepare/places-layout.ts';
import { placesFoot } from '#lib/charts/prepare/places-foot.ts';
import { placesBody, placesHead, type PlacesView } from '#lib/charts/prepare/places-timeline.ts';
import type { Scene } from '#lib/charts/prepare/scene.ts';
import type { Said } from '#lib/charts/prepare/said.ts';
import { stacked } from '#lib/charts/prepare/stacked.ts';
import { KEY_PEOPLE, type KeyWords, timelineKey } from '#lib/charts/prepare/timeline-key.ts';
import type { TimelineMilestone } from '#lib/charts/prepare/timeline-input.ts';
import type { TimeWindow } from '#lib/charts/prepare/time-window.ts';
import type { PlaceRow } from '#lib/client/state/views.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Reader } from '#lib/statements/render.ts';
import { halfYearBefore, twoYearsBefore } from '../place/place-timeline.ts';
import { placeLines, placesTable } from './place-lines.ts';

export interface PlacesChartInput extends Said {
  /** In the order in which they are shown. */
  readonly rows: readonly PlaceRow[];
  readonly milestones: readonly TimelineMilestone[];
  /** First day of the period: what is shown at first reaches back to it. */
  readonly since?: Day | undefined;
}

/** The time line of all places: for the frame, and for the drawing that can be panned. */
export interface PlacesChart extends Chart {
  readonly lines: readonly PlaceLine[];
  readonly whole: TimeWindow;
  /** What is shown at first, where there is more: half a year on a phone, two years and a part. */
  readonly startFor: (width: number) => TimeWindow;
  readonly viewOf: (window: TimeWindow) => PlacesView;
  readonly below: (layout: PlacesLayout, options: DrawOptions) => Scene;
}

/** From the first day of anything on record to the as-of date; at least a year. */
export function wholeTime(rows: readonly PlaceRow[], asOf: Day): TimeWindow {
  let from = asOf - 365;
  for (const { deliveries, refusals } of rows) {
    for (const { date } of [...deliveries, ...refusals]) {
      if (date.earliest < from) from = date.earliest;
    }
  }
  return { from, to: asOf };
}

function startOf(whole: TimeWindow, width: number, since = whole.to): TimeWindow {
  const usual = isWideChart(width) ? twoYearsBefore(whole.to) : halfYearBefore(whole.to);
  return { from: Math.max(whole.from, Math.min(usual, since)), to: whole.to };
}

function keyWords({ language }: Reader, hasMaybe: boolean): KeyWords {
  const [least, greatest] = KEY_PEOPLE.map((people) => language.number(people)) as [string, string];
  return {
    people: language.t('chart.keyPeople', { least, greatest }),
    notKnown: language.t('chart.keyNotKnown'),
    refused: language.t('chart.keyRefused'),
    maybe: hasMaybe ? language.t('chart.keyMaybe') : undefined,
  };
}

/** Everything of the time line of all places, from the rows of the list of places. */
export function placesChart(input: PlacesChartInput, reader: Reader): PlacesChart {
  const { rows, asOf, since, milestones, finding, source, basis } = input;
  const { language } = reader;
  const hasMaybe = rows.some(({ deliveries }) => deliveries.some(({ isPossible }) => isPossible));
  const lines = placeLines(rows, asOf, reader);
  let table: Chart['table'] | undefined;
  const whole = wholeTime(rows, asOf);
  const startFor = (width: number): TimeWindow => startOf(whole, width, since);
  const viewOf = (window: TimeWindow): PlacesView => ({
    window,
    milestones,
    tag: language.tag,
    number: language.number,
    waitTitle: language.t('places.wait'),
  });
  const below = (layout: PlacesLayout, options: DrawOptions): Scene =>
    stacked([
      placesFoot(layout, {
        title: language.t('chart.coveredOf', { count: lines.length }),
        possibly: language.t('chart.coveredPossibly'),
        number: language.number,
      }),
      timelineKey(keyWords(reader, hasMaybe), layout.style, options),
    ]);
  return {
    kind: 'places',
    asOf,
    finding,
    caveats: [
      language.t('chart.keyHatch'),
      language.t('chart.keyDotted'),
      language.t('chart.keyRange'),
      ...(hasMaybe ? [language.t('chart.keyMaybeWait')] : []),
      ...input.caveats,
    ],
    source,
    basis,
    get table() {
      return (table ??= placesTable(lines, rows, reader));
    },
    lines,
    whole,
    startFor,
    viewOf,
    below,
    draw: (options) => {
      const layout = layoutPlaces(lines, { ...options, asOf });
      const view = viewOf(startFor(options.width));
      return stacked([placesHead(layout, view), placesBody(layout, view), below(layout, options)]);
    },
  };
}
