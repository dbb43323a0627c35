import type { Chart } from '#lib/charts/prepare/chart.ts';
import { coverageChart } from '#lib/charts/prepare/coverage-chart.ts';
import { monthsBefore } from '#lib/charts/prepare/month-cells.ts';
import { monthsChart } from '#lib/charts/prepare/months-chart.ts';
import { reachChart } from '#lib/charts/prepare/reach-chart.ts';
import { disagreementChart } from '#lib/charts/prepare/disagreement-chart.ts';
import { incidentsChart } from '#lib/charts/prepare/incidents-chart.ts';
import { removedChart } from '#lib/charts/prepare/removed-chart.ts';
import { answersChart, requestsChart } from '#lib/charts/prepare/requests-chart.ts';
import { supplyChart } from '#lib/charts/prepare/supply-chart.ts';
import { computeDisagreements } from '#lib/domain/access/disagreement.ts';
import { computeIncidents } from '#lib/domain/access/incidents.ts';
import { computeItemsRemoved } from '#lib/domain/access/items-removed.ts';
import { computeRequests } from '#lib/domain/access/requests.ts';
import { computeSupply } from '#lib/domain/access/supply.ts';
import { mapChart, type MapChart } from '#lib/charts/prepare/map-chart.ts';
import { type Outline, outlineOfLines } from '#lib/charts/prepare/map.ts';
import type { Said } from '#lib/charts/prepare/said.ts';
import type { Access } from '#lib/client/state/access.svelte.ts';
import { computeCoverage } from '#lib/domain/access/coverage.ts';
import { computeReach } from '#lib/domain/access/reach.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { milestonesOf } from '#lib/features/chart/milestones.ts';
import { monthsPlaces } from '#lib/features/chart/place-lines.ts';
import { placesChart, type PlacesChart } from '#lib/features/chart/places-chart.ts';
import { mapPlaces } from '#lib/features/map/map-places.ts';
import { findingOfCoverage } from '#lib/statements/coverage.ts';
import { findingOfReach } from '#lib/statements/reach.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { NOTHING_HELD } from '../support/released.ts';
import { AS_OF } from './gallery-data.ts';

export interface GalleryInput {
  readonly dataset: Dataset;
  readonly access: Access;
  readonly reader: Reader;
}

const PLAIN: Said = {
  basis: NOTHING_HELD,
  asOf: AS_OF,
  finding: 'What this chart found',
  caveats: [],
  source: 'Records to 29 June 2016. Source: published reports.',
};
const LIST = { status: 'besieged', classifier: 'UN', series: 'UN' } as const;

/** What is said of every chart here; milestones go through those that have an axis of time. */
const saidOf = ({ dataset, reader }: GalleryInput): Said => ({
  ...PLAIN,
  milestones: milestonesOf(dataset.milestone.values(), reader),
});

/** The time line of all places, which has a drawing of its own. */
export function galleryPlaces({ dataset, access, reader }: GalleryInput): PlacesChart {
  const milestones = milestonesOf(dataset.milestone.values(), reader);
  return placesChart({ rows: access.places, ...PLAIN, milestones }, reader);
}

/** A border of an operation's own. */
const OWN_BORDER = outlineOfLines([
  [
    [38, 33.2],
    [38.4, 34.6],
    [38, 36.6],
  ],
]);

/** The map, with the outline of its country. */
export function galleryMap({ access, reader }: GalleryInput, country: Outline | null): MapChart {
  const peopleOf = (id: string): number | null => {
    const population = access.place(id)?.population;
    return population && (population.localities ?? []).length === 1 ? population.people.n : null;
  };
  const shown = mapPlaces(access.places, peopleOf, reader);
  const boundaries = shown.places.length > 1 ? [OWN_BORDER] : [];
  return mapChart({ ...shown, country, boundaries }, PLAIN, reader);
}

/** Every other chart, by the name that its pictures have. */
export const GALLERY: Readonly<Record<string, (input: GalleryInput) => Chart>> = {
  people: (input) => {
    const since = dayOf(2016, 1, 1);
    const found = computeReach(input.access.accessRecords, { ...LIST, asOf: AS_OF, since });
    const finding = renderAlone(findingOfReach(found, LIST), input.reader);
    return reachChart(found, LIST, { ...saidOf(input), finding }, input.reader);
  },
  coverage: (input) => {
    const options = { ...LIST, asOf: AS_OF, since: dayOf(2016, 5, 1) };
    const found = computeCoverage(input.access.accessRecords, options);
    const finding = renderAlone(findingOfCoverage(found), input.reader);
    return coverageChart(found, { ...saidOf(input), finding }, input.reader);
  },
  months: (input) => {
    const places = monthsPlaces(input.access.places.slice(0, 40), input.reader);
    return monthsChart(places, monthsBefore(AS_OF, 24), 'deliveries', saidOf(input), input.reader);
  },
  days: (input) => {
    const places = monthsPlaces(input.access.places.slice(0, 40), input.reader);
    return monthsChart(places, monthsBefore(AS_OF, 24), 'days', saidOf(input), input.reader);
  },
  requests: (input) =>
    requestsChart(
      computeRequests(input.access.accessRecords, { asOf: AS_OF }),
      saidOf(input),
      input.reader,
    ),
  answers: (input) =>
    answersChart(
      computeRequests(input.access.accessRecords, { asOf: AS_OF }),
      saidOf(input),
      input.reader,
    ),
  supply: (input) => {
    const options = { asOf: AS_OF, since: dayOf(2016, 1, 1), series: 'UN' };
    return supplyChart(
      computeSupply(input.access.accessRecords, options).slice(-40),
      saidOf(input),
      input.reader,
    );
  },
  removed: (input) =>
    removedChart(
      computeItemsRemoved(input.access.accessRecords, { asOf: AS_OF }),
      saidOf(input),
      input.reader,
    ),
  disagreement: (input) =>
    disagreementChart(
      computeDisagreements(input.access.accessRecords, AS_OF),
      saidOf(input),
      input.reader,
    ),
  incidents: (input) =>
    incidentsChart(
      computeIncidents(input.access.accessRecords, { asOf: AS_OF }),
      saidOf(input),
      input.reader,
    ),
};
