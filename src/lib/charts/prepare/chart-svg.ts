import type { ReleasedChart } from './chart.ts';
import { HATCHES } from './hatches.ts';
import { attributesOf, LOOKS, type Paint, type Token } from './looks.ts';
import { type Point, type Scene, type Shape, text, type TextShape } from './scene.ts';
import type { MeasureText } from './timeline-input.ts';
import { wrapText } from './wrap-text.ts';

export interface SvgOptions {
  /** Px of the chart; the file has a margin around it. */
  readonly width: number;
  readonly rightToLeft: boolean;
  readonly measure: MeasureText;
  readonly palette: Readonly<Record<Token, string>>;
  /** Families by name, as in a style sheet: the file brings no fonts of its own. */
  readonly fonts: string;
  readonly language: string;
}

const MARGIN = 24;
const FINDING = { size: 24, line: 30 } as const;
const NOTE = { size: 13, line: 19 } as const;
const round = (value: number): number => Math.round(value * 100) / 100;

const escaped = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // what XML cannot hold at all

    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element(name: string, attributes: Attributes, content = ''): string {
  const all = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : ` ${key}="${typeof value === 'number' ? round(value) : escaped(value)}"`,
  );
  return content === ''
    ? `<${name}${all.join('')}/>`
    : `<${name}${all.join('')}>${content}</${name}>`;
}

const pointsOf = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');

function shapeToSvg(shape: Shape, paint: (paint: Paint) => string): string {
  const { look } = shape;
  switch (shape.kind) {
    case 'line': {
      const { x1, y1, x2, y2 } = shape;
      return element('line', { x1, y1, x2, y2, ...attributesOf(look, paint, shape.stroke) });
    }
    case 'rect': {
      const { x, y, width, height, radius: rx } = shape;
      const painted = attributesOf(look, paint, shape.stroke);
      return element('rect', { x, y, width, height, rx, ...painted });
    }
    case 'polygon': {
      const name = shape.isOpen ? 'polyline' : 'polygon';
      return element(name, { points: pointsOf(shape.points), ...attributesOf(look, paint) });
    }
    case 'path':
      return element('path', { d: shape.d, ...attributesOf(look, paint, shape.stroke) });
    case 'text': {
      const { x, y, size, isBold, anchor, lang } = shape;
      const attributes = {
        x,
        y,
        'font-size': size,
        'font-weight': isBold ? 700 : undefined,
        'text-anchor': anchor === 'start' ? undefined : anchor,
        'xml:lang': lang,
        fill: paint(LOOKS[look].fill),
      };
      return element('text', attributes, escaped(shape.text));
    }
  }
}

/** Lines of text below each other; `y` is the top of the first. */
function block(
  words: string,
  y: number,
  { size, line }: { readonly size: number; readonly line: number },
  isBold: boolean,
  { width, measure, rightToLeft }: SvgOptions,
): { readonly shapes: readonly TextShape[]; readonly height: number } {
  const lines = wrapText(words, { width, size, isBold }, measure);
  const x = rightToLeft ? width : 0;
  const look = isBold ? 'text' : 'second';
  const shapes = lines.map((each, index) =>
    text(look, each, [x, y + index * line + size], { size, isBold }),
  );
  return { shapes, height: lines.length * line };
}

/**
 * A chart as a file of its own: the finding, the picture, the caveats and the source, with the
 * colours written into it, and its title and description for whoever cannot see it.
 */
export function chartToSvg(chart: ReleasedChart, options: SvgOptions): string {
  const { width, rightToLeft, measure, palette, fonts, language } = options;
  const paint = (name: Paint): string =>
    name === 'none'
      ? 'none'
      : name === 'hatch-band' || name === 'hatch-cell'
        ? `url(#${name})`
        : palette[name];
  const scene: Scene = chart.draw({ width, rightToLeft, measure });
  const head = block(chart.finding, 0, FINDING, true, options);
  const top = head.height + 14;
  const below = top + scene.height + 14;
  const caveats = block(chart.caveats.join(' '), below, NOTE, false, options);
  const source = block(chart.source, below + caveats.height, NOTE, false, options);
  const height = below + caveats.height + source.height;
  const drawn = (shapes: readonly Shape[]): string =>
    shapes.map((shape) => shapeToSvg(shape, paint)).join('');
  const hatches = HATCHES.map(({ name, step, width: stroke }) => {
    const pattern = {
      id: name,
      width: step,
      height: step,
      patternUnits: 'userSpaceOnUse',
      patternTransform: 'rotate(45)',
    };
    const line = { x1: 1, y1: 0, x2: 1, y2: step, stroke: palette.hatch, 'stroke-width': stroke };
    return element('pattern', pattern, element('line', line));
  });
  const [wholeWidth, wholeHeight] = [width + 2 * MARGIN, Math.ceil(height) + 2 * MARGIN];
  const content = [
    element('title', { id: 'title' }, escaped(chart.finding)),
    element('desc', { id: 'desc' }, escaped([...chart.caveats, chart.source].join(' ')) || ' '),
    element('defs', {}, hatches.join('')),
    element('rect', { width: wholeWidth, height: wholeHeight, fill: palette.paper }),
    element(
      'g',
      { transform: `translate(${MARGIN} ${MARGIN})` },
      drawn(head.shapes) +
        element('g', { transform: `translate(0 ${top})` }, drawn(scene.shapes) || ' ') +
        drawn([...caveats.shapes, ...source.shapes]),
    ),
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: wholeWidth,
    height: wholeHeight,
    viewBox: `0 0 ${wholeWidth} ${wholeHeight}`,
    role: 'img',
    'aria-labelledby': 'title desc',
    'xml:lang': language,
    direction: rightToLeft ? 'rtl' : 'ltr',
    'font-family': fonts,
    'font-size': 13,
  };
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  return `${declaration}${element('svg', attributes, content.join('\n'))}\n`;
}
