import { changedIds } from '../versioned-map.ts';
import type { Dataset } from '../records/dataset.ts';
import {
  entryOn,
  type PlaceEntries,
  type PopulationEntry,
  type SeriesEntries,
  seriesEntries,
  type SeriesOptions,
} from './populations.ts';
import type { StatusMonth } from './status-months.ts';

/** The latest figure of each place that holds the status, one a place. */
export type Figures = readonly (PopulationEntry | undefined)[];

interface KnownMonth {
  readonly place: StatusMonth;
  readonly figures: Figures;
}

/** What is remembered between two calls of `monthFigures`. */
export interface MonthFiguresMemory {
  entries: SeriesEntries | null;
  months: ReadonlyMap<number, KnownMonth>;
}

export const monthFiguresMemory = (): MonthFiguresMemory => ({ entries: null, months: new Map() });

const NO_ENTRIES: PlaceEntries = new Map();

/**
 * For each month the latest figure, not after its day, of each place that holds the status
 * (indicator 4). With the `memory` of an earlier call a month is looked at anew where its places or
 * its day changed, or a figure that counts on its day did; the lists of the others are the same.
 */
export function monthFigures(
  dataset: Pick<Dataset, 'population'>,
  options: SeriesOptions,
  places: readonly StatusMonth[],
  memory = monthFiguresMemory(),
): readonly Figures[] {
  const before = memory.entries?.byLocality ?? NO_ENTRIES;
  const entries = seriesEntries(dataset, options, memory.entries);
  const { byLocality } = entries;
  const changed = changedIds(before, byLocality);
  const figuresOf = (place: StatusMonth): Figures => {
    const { month, day, holding } = place;
    const known = memory.months.get(month);
    const isSame =
      known?.place.holding === holding &&
      known.place.day === day &&
      changed.every((id) => entryOn(before.get(id), day) === entryOn(byLocality.get(id), day));
    return isSame ? known.figures : holding.map((id) => entryOn(byLocality.get(id), day));
  };
  const figures = places.map(figuresOf);
  memory.entries = entries;
  memory.months = new Map(places.map((place, i) => [place.month, { place, figures: figures[i]! }]));
  return figures;
}
