import type { Reader } from '#lib/statements/render.ts';
import { cell, type Chart } from './chart.ts';
import { type MapFocus, type MapInput, mapScene, WHOLE_MAP } from './map.ts';
import { mapKey } from './map-key.ts';
import type { Said } from './said.ts';
import { stacked } from './stacked.ts';
import type { DrawOptions } from './chart.ts';
import type { Scene } from './scene.ts';

/** A map for the frame, that can be drawn nearer around a place. */
export interface MapChart extends Chart {
  readonly input: MapInput;
  readonly drawAt: (focus: MapFocus, options: DrawOptions) => Scene;
}

/** Places on the country's outline (docs/design.md): waits, people and status of each. */
export function mapChart(input: MapInput, { asOf, ...said }: Said, reader: Reader): MapChart {
  const { language } = reader;
  const drawAt = (focus: MapFocus, options: DrawOptions): Scene =>
    stacked([mapScene(input, focus, options), mapKey(reader, options)], 8);
  return {
    kind: 'map',
    asOf,
    ...said,
    caveats: [language.t('map.key'), language.t('map.noEndorsement'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colPlace') },
        { title: language.t('chart.colStatus') },
        { title: language.t('chart.colWait') },
        { title: language.t('map.people'), isNumber: true },
      ],
      rows: [...input.places, ...input.unplaced].map((place) => ({
        cells: [
          cell(place.name),
          cell(language.t(`status.${place.status}`), place.status),
          place.days
            ? cell(language.range(...place.days), [...new Set(place.days)].join('-'))
            : cell(language.t('chart.noDate'), ''),
          place.people === null
            ? cell('–', '')
            : cell(language.number(place.people), String(place.people)),
        ],
        records: place.records,
      })),
    },
    input,
    drawAt,
    draw: (options) => drawAt(WHOLE_MAP, options),
  };
}
