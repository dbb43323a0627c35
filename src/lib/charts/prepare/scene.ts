import type { Look } from './looks.ts';

/**
 * A chart as data: shapes in the order in which they are drawn, and what of it can be tapped or
 * walked through by keys. One component draws it on the screen, one function writes it as a file.
 */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Text starts at the right; `start` and `end` of anchors follow it, positions are placed already. */
  readonly rightToLeft: boolean;
  readonly shapes: readonly Shape[];
  readonly targets: readonly Target[];
}

export type Shape = LineShape | RectShape | PolygonShape | PathShape | TextShape;
export type Anchor = 'start' | 'middle' | 'end';
export type Point = readonly [x: number, y: number];

export interface LineShape {
  readonly kind: 'line';
  readonly look: Look;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Px of the stroke, where it is not that of the look. */
  readonly stroke?: number | undefined;
}

export interface RectShape {
  readonly kind: 'rect';
  readonly look: Look;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number | undefined;
  readonly stroke?: number | undefined;
}

export interface PolygonShape {
  readonly kind: 'polygon';
  readonly look: Look;
  readonly points: readonly Point[];
  /** Not closed: a line with corners. */
  readonly isOpen?: boolean | undefined;
}

/** An outline that stays where it is when a scene is mirrored: a country is not. */
export interface PathShape {
  readonly kind: 'path';
  readonly look: Look;
  readonly d: string;
  readonly stroke?: number | undefined;
}

export interface TextShape {
  readonly kind: 'text';
  readonly look: Look;
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly size: number;
  readonly isBold?: boolean | undefined;
  readonly anchor: Anchor;
  /** Of a name in another script than the reader's. */
  readonly lang?: string | undefined;
}

/** A part of a chart that stands for records: a row, a bar, a cell. */
export interface Target {
  readonly id: string;
  /** What a screen reader says of it, and what stands below the chart while it is chosen. */
  readonly label: string;
  /** Ids of the records that it was computed from. */
  readonly records: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const line = (look: Look, [x1, y1]: Point, [x2, y2]: Point, stroke?: number): LineShape => ({
  kind: 'line',
  look,
  x1,
  y1,
  x2,
  y2,
  stroke,
});

export const rect = (
  look: Look,
  [x, y]: Point,
  width: number,
  height: number,
  radius?: number,
): RectShape => ({ kind: 'rect', look, x, y, width, height, radius });

export interface TextStyle {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly anchor?: Anchor;
  readonly lang?: string | undefined;
}

/** No text of a chart is smaller than this, in px. */
export const SMALLEST_TEXT = 13;

export const text = (
  look: Look,
  words: string,
  [x, y]: Point,
  { size = SMALLEST_TEXT, isBold = false, anchor = 'start', lang }: TextStyle = {},
): TextShape => ({ kind: 'text', look, text: words, x, y, size, isBold, anchor, lang });

/** A hollow diamond; over a range, from `x` to `end`, a hexagon. */
export const diamond = ([x, y]: Point, half: number, end = x): PolygonShape => ({
  kind: 'polygon',
  look: 'refusal',
  points: [
    [x - half, y],
    [x, y - half],
    [end, y - half],
    [end + half, y],
    [end, y + half],
    [x, y + half],
  ],
});

/** The same shape elsewhere. A path stays: it is placed by its projection. */
export function moved(shape: Shape, dx: number, dy: number): Shape {
  switch (shape.kind) {
    case 'line': {
      const { x1, x2, y1, y2 } = shape;
      return { ...shape, x1: x1 + dx, x2: x2 + dx, y1: y1 + dy, y2: y2 + dy };
    }
    case 'polygon':
      return { ...shape, points: shape.points.map(([x, y]) => [x + dx, y + dy] as const) };
    case 'rect':
    case 'text':
      return { ...shape, x: shape.x + dx, y: shape.y + dy };
    case 'path':
      return shape;
  }
}

/** Laid out from left to right, made one that reads from right to left. */
export function mirrored(scene: Scene): Scene {
  const { width } = scene;
  const turn = (shape: Shape): Shape => {
    switch (shape.kind) {
      case 'line':
        return { ...shape, x1: width - shape.x1, x2: width - shape.x2 };
      case 'rect':
        return { ...shape, x: width - shape.x - shape.width };
      case 'polygon':
        return { ...shape, points: shape.points.map(([x, y]) => [width - x, y] as const) };
      case 'text':
        return { ...shape, x: width - shape.x };
      case 'path':
        return shape;
    }
  };
  return {
    ...scene,
    rightToLeft: true,
    shapes: scene.shapes.map(turn),
    targets: scene.targets.map((target) => ({ ...target, x: width - target.x - target.width })),
  };
}
