import type { Look } from './looks.ts';
import type { PathShape, RectShape, Shape } from './scene.ts';

/**
 * The order of drawing of a time line (docs/design.md). Texts stand where `null` is. Discs smaller
 * than a ring come after the rings, so that none lies hidden beneath one.
 */
const ORDER: readonly (Look | 'small' | null)[] = [
  'tick',
  'rule',
  'milestone',
  'dotted',
  'gap',
  'arrow',
  null,
  'tie',
  'besieged',
  'hard',
  'accessible',
  'evacuated',
  'unknown',
  'delivery',
  'halo',
  'hollow',
  'small',
  'maybe',
  'refusal',
];
/** The radius of a ring, in px. */
const RING = 4;

const round = (value: number): number => Math.round(value * 100) / 100;

function rectPath({ x, y, width, height, radius = 0 }: RectShape): string {
  const [left, top, right, bottom] = [x, y, x + width, y + height].map(round);
  if (radius === 0) return `M${left} ${top}H${right}V${bottom}H${left}Z`;
  const r = round(Math.min(radius, width / 2, height / 2));
  const [from, to] = [round(x + r), round(x + width - r)];
  return `M${from} ${top}H${to}A${r} ${r} 0 0 1 ${to} ${bottom}H${from}A${r} ${r} 0 0 1 ${from} ${top}Z`;
}

function pathOf(shape: Exclude<Shape, { kind: 'text' }>): string {
  switch (shape.kind) {
    case 'line':
      return `M${round(shape.x1)} ${round(shape.y1)}L${round(shape.x2)} ${round(shape.y2)}`;
    case 'rect':
      return rectPath(shape);
    case 'polygon': {
      const points = shape.points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L');
      return `M${points}${shape.isOpen ? '' : 'Z'}`;
    }
    case 'path':
      return shape.d;
  }
}

const isSmall = (shape: Shape): boolean =>
  shape.look === 'delivery' && shape.kind === 'rect' && (shape.radius ?? 0) < RING;

/**
 * A time line's shapes with all of one look as one path: what is drawn anew in every frame of a pan
 * is then a few elements instead of thousands. For drawing in place; it can be moved no more.
 */
export function merged(shapes: readonly Shape[]): readonly Shape[] {
  const groups = new Map<string, { place: number; d: string[]; shape: PathShape }>();
  const texts: Shape[] = [];
  for (const shape of shapes) {
    if (shape.kind === 'text') {
      texts.push(shape);
      continue;
    }
    const stroke = 'stroke' in shape ? shape.stroke : undefined;
    const name = isSmall(shape) ? 'small' : shape.look;
    const key = `${name} ${stroke ?? ''}`;
    const d = pathOf(shape);
    const group = groups.get(key);
    if (group) group.d.push(d);
    else {
      const place = ORDER.indexOf(name);
      const path: PathShape = { kind: 'path', look: shape.look, d: '', stroke };
      groups.set(key, { place: place < 0 ? ORDER.length : place, d: [d], shape: path });
    }
  }
  const paths = [...groups.values()].sort((a, b) => a.place - b.place);
  const textPlace = ORDER.indexOf(null);
  const written = (all: typeof paths): Shape[] =>
    all.map(({ shape, d }) => ({ ...shape, d: d.join('') }));
  return [
    ...written(paths.filter(({ place }) => place < textPlace)),
    ...texts,
    ...written(paths.filter(({ place }) => place > textPlace)),
  ];
}
