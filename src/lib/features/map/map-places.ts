import type { MapPlace, MapRow } from '#lib/charts/prepare/map.ts';
import type { PlaceRow } from '#lib/client/state/views.ts';
import type { Reader } from '#lib/statements/render.ts';
import { daysText } from '../chart/place-lines.ts';
import { localityText } from '../place/locality-name.ts';

/** The places that have a position, and those that have none: they are in the table and the list. */
export interface MapPlaces {
  readonly places: readonly MapPlace[];
  readonly unplaced: readonly MapRow[];
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
  const unplaced: MapRow[] = [];
  for (const row of rows) {
    const { id, lat, lon } = row.locality;
    const name = localityText(row.locality, language.locale);
    const wait = row.wait ? daysText(reader, row.wait) : language.t('places.none');
    const status = row.status ?? 'unknown';
    const said: MapRow = {
      id,
      name,
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
    };
    if (lat === undefined || lon === undefined) unplaced.push(said);
    else places.push({ ...said, latitude: lat, longitude: lon });
  }
  return { places, unplaced };
}
