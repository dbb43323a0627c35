/**
 * Draws the mark of Crossline (a first delivery after a long wait: a small disc, a long line, a
 * large disc) as the SVG and the PNG files of static/icons. Run again only when the mark changes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const ACCENT = [0x0b, 0x4a, 0x6b] as const;
const PAPER = [0xff, 0xff, 0xff] as const;

/** Steps from the one colour to the other: the eye sees no more at an edge one pixel wide. */
const STEPS = 15;

/** The palette: from the accent to paper, then from nothing to the accent. */
const MIXED = Array.from({ length: STEPS + 1 }, (_, step) =>
  ACCENT.map((from, i) => Math.round(from + ((PAPER[i] ?? 0) - from) * (step / STEPS))),
);
const FADED = Array.from({ length: STEPS }, (_, step) => Math.round((step / STEPS) * 255));

/** All lengths are shares of the icon's side. */
interface Shape {
  readonly corner: number;
  /** 1 = as drawn; a maskable icon must keep within the middle 80 %. */
  readonly scale: number;
}

const MARK = { line: 0.05, from: 0.24, small: 0.075, to: 0.68, large: 0.145, halo: 0.045 };
const folder = fileURLToPath(new URL('../static/icons/', import.meta.url));
const rounded: Shape = { corner: 0.2, scale: 1 };
const full: Shape = { corner: 0, scale: 0.8 };

mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}mark.svg`, svg());
for (const [name, side, shape] of [
  ['192.png', 192, rounded],
  ['512.png', 512, rounded],
  ['maskable-192.png', 192, full],
  ['maskable-512.png', 512, full],
  ['apple-180.png', 180, full],
] as const) {
  writeFileSync(folder + name, png(side, shape));
}

function svg(): string {
  const n = (share: number): string => String(Math.round(share * 5120) / 10);
  const disc = (x: number, r: number, fill: string): string =>
    `<circle cx="${n(x)}" cy="256" r="${n(r)}" fill="${fill}"/>`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">',
    `<rect width="512" height="512" rx="${n(rounded.corner)}" fill="#0b4a6b"/>`,
    `<path d="M${n(MARK.from)} 256H${n(MARK.to)}" stroke="#fff" stroke-width="${n(MARK.line)}"/>`,
    disc(MARK.from, MARK.small, '#fff'),
    disc(MARK.to, MARK.large + MARK.halo, '#0b4a6b'),
    disc(MARK.to, MARK.large, '#fff'),
    '</svg>\n',
  ].join('\n');
}

/** Where in the palette a point of the unit square is; `edge` = the width of one pixel. */
function colourAt(x: number, y: number, edge: number, { corner, scale }: Shape): number {
  const inside = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance / edge));
  const cornerX = Math.max(corner - x, x - (1 - corner), 0);
  const cornerY = Math.max(corner - y, y - (1 - corner), 0);
  const ground = corner === 0 ? 1 : inside(Math.hypot(cornerX, cornerY) - corner);
  const u = 0.5 + (x - 0.5) / scale;
  const v = (y - 0.5) / scale;
  const line = Math.max(Math.abs(v) - MARK.line / 2, MARK.from - u, u - MARK.to);
  const small = Math.hypot(u - MARK.from, v) - MARK.small;
  const halo = Math.hypot(u - MARK.to, v) - MARK.large - MARK.halo;
  const large = Math.hypot(u - MARK.to, v) - MARK.large;
  const trace = Math.max(inside(line), inside(small)) * (1 - inside(halo));
  const white = Math.max(trace, inside(large));
  // the mark is nowhere near the rounded corners
  return ground < 1 ? MIXED.length + Math.floor(ground * STEPS) : Math.round(white * STEPS);
}

function png(side: number, shape: Shape): Buffer {
  const rows = Buffer.alloc(side * (1 + side));
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const colour = colourAt((x + 0.5) / side, (y + 0.5) / side, 1 / side, shape);
      rows[y * (1 + side) + 1 + x] = colour;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([...MIXED, ...FADED.map(() => ACCENT)].flat())),
    chunk('tRNS', Buffer.from([...MIXED.map(() => 255), ...FADED])),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
