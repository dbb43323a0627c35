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
import type { Outline } from '#lib/charts/prepare/map.ts';
import type { Said } from '#lib/charts/prepare/said.ts';
import type { TimelineMilestone } from '#lib/charts/prepare/timeline-input.ts';
import type { Access } from '#lib/client/state/access.svelte.ts';
import { computeCoverage } from '#lib/domain/access/coverage.ts';
import { computeReach } from '#lib/domain/access/reach.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
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

const SAID: Said = {
  basis: NOTHING_HELD,
  asOf: AS_OF,
  finding: 'What this chart found',
  caveats: [],
  source: 'Records to 29 June 2016. Source: published reports.',
};
const LIST = { status: 'besieged', classifier: 'UN', series: 'UN' } as const;

function milestonesIn(dataset: Dataset, locale: string): TimelineMilestone[] {
  return [...dataset.milestone.values()].flatMap((milestone) => {
    const date = parsePartialDate(milestone.date);
    const label = milestone.labels[locale];
    return date.ok && label ? [{ date: date.value, label }] : [];
  });
}

/** The time line of all places, which has a drawing of its own. */
export function galleryPlaces({ dataset, access, reader }: GalleryInput): PlacesChart {
  const milestones = milestonesIn(dataset, reader.language.locale);
  return placesChart({ rows: access.places, milestones, ...SAID }, reader);
}

/** The map, with the outline of its country. */
export function galleryMap({ access, reader }: GalleryInput, country: Outline | null): MapChart {
  const peopleOf = (id: string): number | null => {
    const population = access.place(id)?.population;
    return population && (population.localities ?? []).length === 1 ? population.people.n : null;
  };
  const shown = mapPlaces(access.places, peopleOf, reader);
  return mapChart({ ...shown, country, boundaries: [] }, SAID, reader);
}

/** Every other chart, by the name that its pictures have. */
export const GALLERY: Readonly<Record<string, (input: GalleryInput) => Chart>> = {
  people: ({ access, reader }) => {
    const since = dayOf(2016, 1, 1);
    const found = computeReach(access.accessRecords, { ...LIST, asOf: AS_OF, since });
    const finding = renderAlone(findingOfReach(found, LIST), reader);
    return reachChart(found, LIST, { ...SAID, finding }, reader);
  },
  coverage: ({ access, reader }) => {
    const options = { ...LIST, asOf: AS_OF, since: dayOf(2016, 5, 1) };
    const found = computeCoverage(access.accessRecords, options);
    const finding = renderAlone(findingOfCoverage(found), reader);
    return coverageChart(found, { ...SAID, finding }, reader);
  },
  months: ({ access, reader }) => {
    const places = monthsPlaces(access.places.slice(0, 40), reader);
    return monthsChart(places, monthsBefore(AS_OF, 24), 'deliveries', SAID, reader);
  },
  days: ({ access, reader }) => {
    const places = monthsPlaces(access.places.slice(0, 40), reader);
    return monthsChart(places, monthsBefore(AS_OF, 24), 'days', SAID, reader);
  },
  requests: ({ access, reader }) =>
    requestsChart(computeRequests(access.accessRecords, { asOf: AS_OF }), SAID, reader),
  answers: ({ access, reader }) =>
    answersChart(computeRequests(access.accessRecords, { asOf: AS_OF }), SAID, reader),
  supply: ({ access, reader }) => {
    const options = { asOf: AS_OF, since: dayOf(2016, 1, 1), series: 'UN' };
    return supplyChart(computeSupply(access.accessRecords, options).slice(-40), SAID, reader);
  },
  removed: ({ access, reader }) =>
    removedChart(computeItemsRemoved(access.accessRecords, { asOf: AS_OF }), SAID, reader),
  disagreement: ({ access, reader }) =>
    disagreementChart(computeDisagreements(access.accessRecords, AS_OF), SAID, reader),
  incidents: ({ access, reader }) =>
    incidentsChart(computeIncidents(access.accessRecords, { asOf: AS_OF }), SAID, reader),
};
