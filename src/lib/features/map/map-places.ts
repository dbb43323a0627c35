import type { MapPlace } from '#lib/charts/prepare/map.ts';
import type { PlaceRow } from '#lib/client/state/views.ts';
import type { Reader } from '#lib/statements/render.ts';
import { daysText } from '../chart/place-lines.ts';
import { localityText } from '../place/locality-name.ts';

/** The places that have a position, and how many have none: those are in the table and the list. */
export interface MapPlaces {
  readonly places: readonly MapPlace[];
  readonly withoutPosition: readonly PlaceRow[];
}

/**
 * Rows of the list of places as marks. `peopleOf` gives the newest number of people of that place
 * alone: one that it shares with others says nothing of its size, and is null.
 */
export function mapPlaces(
  rows: readonly PlaceRow[],
  peopleOf: (locality: string) => number | null,
  reader: Reader,
): MapPlaces {
  const { language } = reader;
  const places: MapPlace[] = [];
  const withoutPosition: PlaceRow[] = [];
  for (const row of rows) {
    const { id, lat, lon } = row.locality;
    if (lat === undefined || lon === undefined) {
      withoutPosition.push(row);
      continue;
    }
    const name = localityText(row.locality, language.locale);
    const wait = row.wait ? daysText(reader, row.wait) : language.t('places.none');
    const status = row.status ?? 'unknown';
    places.push({
      id,
      name,
      latitude: lat,
      longitude: lon,
      days: row.wait,
      status,
      people: peopleOf(id),
      title: `${name}${language.t('list.comma')}${wait}`,
      label: language.t('chart.rowLabel', {
        place: name,
        status: language.t(`status.${status}`),
        wait,
        count: row.deliveries.length,
      }),
      records: [...new Set([...row.deliveries, ...row.refusals].map(({ convoy }) => convoy))],
    });
  }
  return { places, withoutPosition };
}
