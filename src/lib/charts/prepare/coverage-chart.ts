import type { Coverage } from '#lib/domain/access/coverage.ts';
import type { Reader } from '#lib/statements/render.ts';
import { cell, type Chart, type DrawOptions } from './chart.ts';
import type { Look } from './looks.ts';
import type { Said } from './said.ts';
import { line, mirrored, rect, type Scene, type Shape, type Target, text } from './scene.ts';

export const COVERAGE_GROUPS = ['certain', 'possible', 'without', 'unclear'] as const;
export type CoverageGroup = (typeof COVERAGE_GROUPS)[number];

interface Place {
  readonly id: string;
  readonly name: string;
  readonly records: readonly string[];
}

type Groups = Readonly<Record<CoverageGroup, readonly Place[]>>;

/** How each group is drawn: filled, dashed outline, empty outline, hatched. Never by colour alone. */
const LOOKS_OF: Readonly<Record<CoverageGroup, Look>> = {
  certain: 'certain',
  possible: 'cellPossible',
  without: 'cellNone',
  unclear: 'unknown',
};

function groupsOf(found: Coverage, { language, localityName }: Reader): Groups {
  const place = (id: string, records: readonly string[]): Place => ({
    id,
    name: localityName(id),
    records,
  });
  const sorted = (places: readonly Place[]): readonly Place[] =>
    [...places].sort((a, b) => language.compare(a.name, b.name));
  return {
    certain: sorted(found.certain.map(({ locality, stops }) => place(locality, stops))),
    possible: sorted(found.possible.map(({ locality, stops }) => place(locality, stops))),
    without: sorted(found.without.map((id) => place(id, []))),
    unclear: sorted(found.statusUnclear.map((id) => place(id, []))),
  };
}

const STRIP = 18;
const LINE = 48;
const MARK = 12;

/** The whole list as one strip: how much of it is certain, possible, without. */
function stripShapes(groups: Groups, total: number, width: number): Shape[] {
  let x = 0;
  return (['certain', 'possible', 'without'] as const).flatMap((group) => {
    const share = (groups[group].length / Math.max(1, total)) * width;
    if (share === 0) return [];
    const shape = rect(LOOKS_OF[group], [x + 0.5, 0.5], Math.max(1, share - 2), STRIP - 1);
    x += share;
    return [shape];
  });
}

function coverageScene(groups: Groups, total: number, reader: Reader, options: DrawOptions): Scene {
  const { width, rightToLeft, measure } = options;
  const { language } = reader;
  const shapes: Shape[] = stripShapes(groups, total, width);
  const targets: Target[] = [];
  let y = STRIP + 10;
  for (const group of COVERAGE_GROUPS) {
    const places = groups[group];
    if (places.length === 0) continue;
    const title = language.t(`chart.covered_${group}`, { count: places.length });
    shapes.push(text('text', title, [0, y + 16], { size: 15, isBold: true }));
    shapes.push(line('rule', [0, y + 24.5], [width, y + 24.5]));
    y += 26;
    let x = 0;
    for (const { id, name, records } of places) {
      const needed = MARK + 8 + measure(name, 15, false);
      if (x > 0 && x + needed > width) [x, y] = [0, y + LINE];
      const middle = y + LINE / 2;
      shapes.push(rect(LOOKS_OF[group], [x + 0.5, middle - MARK / 2], MARK, MARK));
      shapes.push(text('text', name, [x + MARK + 8, middle + 5], { size: 15 }));
      const label = language.t('chart.coverageOf', { place: name, group: title });
      targets.push({ id, label, records, x, y, width: needed, height: LINE });
      x += needed + 20;
    }
    y += LINE + 6;
  }
  const scene = { width, height: y, rightToLeft: false, shapes, targets };
  return rightToLeft ? mirrored(scene) : scene;
}

/**
 * Which places of a list had a delivery since a date (indicator 3): certain, possible, without, and
 * those of which nobody knows whether they are on the list, each place by its name.
 */
export function coverageChart(found: Coverage, { asOf, ...said }: Said, reader: Reader): Chart {
  const { language } = reader;
  const groups = groupsOf(found, reader);
  return {
    kind: 'coverage',
    asOf,
    ...said,
    caveats: [language.t('chart.keyCoverage'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colPlace') },
        { title: language.t('chart.colDelivery') },
        { title: language.t('chart.colDeliveriesCount'), isNumber: true },
      ],
      rows: COVERAGE_GROUPS.flatMap((group) =>
        groups[group].map(({ name, records }) => ({
          cells: [
            cell(name),
            cell(language.t(`chart.group_${group}`), group),
            records.length > 0
              ? cell(language.number(records.length), String(records.length))
              : cell('–', ''),
          ],
          records,
        })),
      ),
    },
    draw: (options) => coverageScene(groups, found.total, reader, options),
  };
}
