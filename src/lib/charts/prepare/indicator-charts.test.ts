import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { computeDisagreements } from '#lib/domain/access/disagreement.ts';
import { computeIncidents } from '#lib/domain/access/incidents.ts';
import { computeItemsRemoved } from '#lib/domain/access/items-removed.ts';
import { computeRequests } from '#lib/domain/access/requests.ts';
import { computeSupply } from '#lib/domain/access/supply.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { err } from '#lib/domain/result.ts';
import { datasetOf, fixtureDataset } from '../../../../tests/support/fixture-dataset.ts';
import { readerOf } from '../../../../tests/support/readers.ts';
import { NOTHING_HELD, released } from '../../../../tests/support/released.ts';
import { chartToCsv } from './chart-csv.ts';
import { type Chart, releaseChart } from './chart.ts';
import { disagreementChart } from './disagreement-chart.ts';
import { incidentsChart } from './incidents-chart.ts';
import { mapChart } from './map-chart.ts';
import { type MapPlace, mapScene, markRadius, outlineOfLines, waitLook, WHOLE_MAP } from './map.ts';
import { removedChart } from './removed-chart.ts';
import { answersChart, requestsChart } from './requests-chart.ts';
import type { Shape } from './scene.ts';
import { supplyChart } from './supply-chart.ts';
import { roughWidth } from './timeline-input.ts';
import { axisHead, valueAxis } from './value-axis.ts';

const AS_OF = dayOf(2016, 6, 29);
const SAID = { asOf: AS_OF, basis: NOTHING_HELD, finding: 'found', caveats: [], source: 'source' };
const reader = await readerOf('en');
const WITHHELD = { type: 'withheld', because: 'movements', heldBy: [] };
const DRAW = { width: 900, rightToLeft: false, measure: roughWidth };

const access = buildAccess(
  datasetOf({
    l1: ['locality', { name: 'Arbin' }],
    l2: ['locality', { name: 'Zamalka' }],
    c1: ['convoy', { eventKey: 'c1', status: 'delivered', date: '2016-05-10' }],
    c1s: [
      'stop',
      {
        convoy: 'c1',
        order: 0,
        localities: ['l1'],
        outcome: 'delivered',
        arrivedOn: '2016-05-10',
        peopleReached: { q: '=', n: 1_000 },
        daysOfSupply: { q: '=', n: 30 },
      },
    ],
    c2: ['convoy', { eventKey: 'c2', status: 'delivered', date: '2016-05-20' }],
    c2s: [
      'stop',
      { convoy: 'c2', order: 0, localities: ['l2'], outcome: 'delivered', arrivedOn: '2016-05-20' },
    ],
    r1: ['accessRequest', { period: '2016-05', submittedOn: '2016-04-20', answeredOn: '2016-05' }],
    r1l: [
      'requestLine',
      {
        request: 'r1',
        locality: 'l1',
        outcome: 'approved_in_part',
        peopleRequested: { q: '=', n: 9 },
      },
    ],
    i1: [
      'itemLine',
      { convoy: 'c1', item: 'kits', quantity: { q: '=', n: 12 }, unit: 'box', stage: 'removed' },
    ],
    i2: [
      'itemLine',
      { convoy: 'c1', item: 'kits', quantity: { q: '=', n: 900 }, unit: 'kg', stage: 'removed' },
    ],
    i3: ['itemLine', { convoy: 'c2', item: 'milk', stage: 'removed' }],
    n1: ['incident', { localities: ['l1'], date: '2016-05-11', constraint: 'HOSTILITIES' }],
    n2: ['incident', { localities: ['l2'], date: '2016-05-19/2016-05-25', constraint: 'VIOLENCE' }],
  }),
);

const looks = (chart: Chart, look: string): readonly Shape[] =>
  chart.draw(DRAW).shapes.filter((shape) => shape.look === look);

describe('indicator 6: requests', () => {
  const found = computeRequests(access, { asOf: AS_OF });
  test('the funnel and the answer times are of movements: looked at, never exported', () => {
    expect(releaseChart(requestsChart(found, SAID, reader))).toEqual(err(WITHHELD));
    expect(releaseChart(answersChart(found, SAID, reader))).toEqual(err(WITHHELD));
  });
  test('an answer that no line got has no row; what was asked, departed and delivered always has', () => {
    const { targets } = requestsChart(found, SAID, reader).draw(DRAW);
    expect(targets.map(({ id }) => id)).toEqual([
      'requested',
      'approved_in_part',
      'departed',
      'delivered',
    ]);
    expect(requestsChart({ periods: [] }, SAID, reader).draw(DRAW).targets).toEqual([]);
  });
  test('an answer in a month is a range of days, never its first day', () => {
    const chart = answersChart(found, SAID, reader);
    expect(looks(chart, 'possible')).toHaveLength(1);
    expect(chart.table.rows[0]?.cells.at(-1)?.raw).toBe('11-41');
  });
});

test('numbers over an axis keep to the chart, on a phone too', () => {
  const box = { x0: 8, x1: 320, y: 0, height: 24 };
  for (const greatest of [4, 71_000, 100_000, 592_700]) {
    const head = axisHead(valueAxis(greatest), (value) => value.toLocaleString('en'), roughWidth);
    const numbers = head.draw(box, 100).filter((shape) => shape.kind === 'text');
    expect(numbers.length).toBeGreaterThan(1);
    for (const { x, text } of numbers) {
      expect(x + roughWidth(text, 13, false) / 2).toBeLessThanOrEqual(box.x1 + 8);
    }
  }
});

describe('indicator 7: supply', () => {
  const chart = supplyChart(
    computeSupply(access, { asOf: AS_OF, since: dayOf(2016, 1, 1) }),
    SAID,
    reader,
  );
  test('ended before the as-of date: a mark and a thick line; not computed: hatched', () => {
    expect(looks(chart, 'delivery')).toHaveLength(1);
    expect(looks(chart, 'gap')).toHaveLength(1);
    expect(looks(chart, 'unknown')).toHaveLength(1);
  });
  test('says that it is of recorded deliveries alone', () => {
    expect(chart.caveats[0]).toContain('recorded deliveries alone');
  });
});

describe('indicator 8: removed items', () => {
  const chart = removedChart(computeItemsRemoved(access, { asOf: AS_OF }), SAID, reader);
  test('units are never compared: twelve boxes are as long as nine hundred kilograms', () => {
    const bars = looks(chart, 'certain').map((shape) => (shape.kind === 'rect' ? shape.width : 0));
    expect(bars).toHaveLength(2);
    expect(bars.every((width) => width > 100)).toBe(true);
  });
  test('a quantity that nobody recorded is hatched, and empty in a file', () => {
    expect(looks(chart, 'unknown')).toHaveLength(1);
    expect(chartToCsv(released(chart))).toContain('2016-05,milk,,,1');
  });
});

describe('indicator 9: incidents', () => {
  const chart = incidentsChart(computeIncidents(access, { asOf: AS_OF }), SAID, reader);
  test('a known day is one cross, a range two with a line, outlined where only possible', () => {
    expect(looks(chart, 'cross')).toHaveLength(6);
    expect(looks(chart, 'cellPossible')).toHaveLength(1);
    expect(chart.caveats.join(' ')).toContain('No cause is implied');
  });
});

describe('indicator 10: disagreement', () => {
  const dataset = fixtureDataset('localities.csv', 'organisations.csv', 'convoy_reports.csv');
  const found = computeDisagreements(buildAccess(dataset), AS_OF);
  const chart = disagreementChart(found, SAID, reader);
  test('Zamalka and Arbin: 37 is filled and larger than 38, by its reports', () => {
    const one = found.filter(({ convoyName }) => convoyName.includes('zamalka'));
    const only = disagreementChart(one, SAID, reader);
    const [shown] = looks(only, 'delivery');
    const [other] = looks(only, 'hollow');
    if (shown?.kind !== 'rect' || other?.kind !== 'rect') throw new Error('no marks');
    expect(shown.width).toBeGreaterThan(other.width);
    expect(shown.x).toBeLessThan(other.x);
  });
  test('every disagreement has its row, with its least and its greatest', () => {
    expect(chart.table.rows).toHaveLength(found.length);
    expect(chart.draw(DRAW).targets).toHaveLength(found.length);
  });
});

describe('the map', () => {
  const square = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [36, 32],
        [36, 37],
        [42, 37],
        [42, 32],
        [36, 32],
      ],
    ],
  };
  const place = (id: string, longitude: number, latitude: number): MapPlace => ({
    id,
    name: id,
    longitude,
    latitude,
    days: [60, 60],
    status: 'besieged',
    people: 40_000,
    title: id,
    label: id,
    records: [],
  });
  const near = place('near', 36.3, 33.5);
  const far = place('far', 41, 35);
  const input = { places: [near, far], unplaced: [], country: square, boundaries: [] };

  test('every place is inside the picture, east to the right in Arabic too', () => {
    for (const rightToLeft of [false, true]) {
      const scene = mapScene(input, WHOLE_MAP, { ...DRAW, rightToLeft });
      const [a, b] = ['near', 'far'].map((id) => scene.targets.find((one) => one.id === id));
      expect(a?.x).toBeLessThan(b?.x ?? 0);
      for (const target of scene.targets) {
        expect(target.x).toBeGreaterThan(-24);
        expect(target.x + 24).toBeLessThan(scene.width);
      }
    }
  });

  test('closer to a place: it stands in the middle, and what is far is not drawn', () => {
    const scene = mapScene(input, { place: 'near', closer: 32 }, DRAW);
    expect(scene.targets.map(({ id }) => id)).toEqual(['near']);
    expect(scene.targets[0]?.x).toBeCloseTo(450 - 24);
  });

  test('no delivery on record is hatched, never the lightest or the darkest wait', () => {
    expect(waitLook(null)).toBe('waitUnknown');
    expect([0, 29, 30, 90, 365].map((days) => waitLook([days, days]))).toEqual([
      'wait1',
      'wait1',
      'wait2',
      'wait3',
      'wait4',
    ]);
    expect(markRadius(null)).toBe(6);
  });

  test('without an outline, or with one place or none, there is a picture all the same', () => {
    for (const places of [[], [near], [near, { ...near, id: 'same' }]]) {
      const scene = mapScene({ ...input, places, country: null }, WHOLE_MAP, DRAW);
      expect(Number.isFinite(scene.height)).toBe(true);
      expect(scene.targets).toHaveLength(places.length);
      for (const { x, y } of scene.targets) expect(Number.isFinite(x + y)).toBe(true);
    }
  });

  test('own boundaries take the place of the outline, under the places; without a country they frame', () => {
    const borders = outlineOfLines([
      [
        [38, 33],
        [38, 36],
      ],
    ]);
    const scene = mapScene({ ...input, boundaries: [borders] }, WHOLE_MAP, DRAW);
    const looks = scene.shapes.map(({ look }) => look);
    expect(looks.slice(0, 2)).toEqual(['landUnder', 'boundary']);
    expect(looks.filter((look) => look === 'boundary')).toHaveLength(1);
    const alone = { places: [], unplaced: [], country: null, boundaries: [borders] };
    expect(mapScene(alone, WHOLE_MAP, DRAW).shapes).toHaveLength(1);
  });

  test('a place without a position is in the table, though not on the map', () => {
    const chart = mapChart({ ...input, unplaced: [place('lost', 0, 0)] }, SAID, reader);
    expect(chart.table.rows.map(({ cells }) => cells[0]?.text)).toEqual(['near', 'far', 'lost']);
    expect(chart.draw(DRAW).targets.map(({ id }) => id)).not.toContain('lost');
  });

  test('no name lies over another', () => {
    const spot = fc.tuple(
      fc.double({ min: 36, max: 42, noNaN: true }),
      fc.double({ min: 32, max: 37, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 60 }), (spots) => {
        const places = spots.map(([lon, lat], index) => place(`Place ${index}`, lon, lat));
        const { shapes } = mapScene({ ...input, places }, WHOLE_MAP, DRAW);
        const names = shapes.filter((shape) => shape.kind === 'text');
        for (const a of names) {
          for (const b of names) {
            if (a === b || Math.abs(a.y - b.y) >= 17) continue;
            const [left, right] = a.x < b.x ? [a, b] : [b, a];
            if (left.anchor === 'end' || right.anchor === 'end') continue;
            expect(left.x + roughWidth(left.text, 13, false)).toBeLessThanOrEqual(right.x);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
