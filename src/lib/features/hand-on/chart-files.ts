import { chartToCsv, chartToText } from '#lib/charts/prepare/chart-csv.ts';
import { chartToSvg } from '#lib/charts/prepare/chart-svg.ts';
import type { Chart, ReleasedChart } from '#lib/charts/prepare/chart.ts';
import { type Token, TOKENS } from '#lib/charts/prepare/looks.ts';
import { dayToIso } from '#lib/domain/dates/day.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { offerFile } from '#lib/ui/offer-file.ts';
import { measureText } from '#lib/ui/measure-text.ts';

export type ChartFormat = 'svg' | 'png' | 'csv';
export const CHART_FORMATS: readonly ChartFormat[] = ['svg', 'png', 'csv'];

export interface ChartExportError {
  readonly type: 'not_drawn' | 'not_copied';
}

export interface ExportReader {
  readonly rightToLeft: boolean;
  readonly language: string;
}

/** Px of an exported chart, margins aside; a PNG has twice as many. */
const WIDTH = 1_120;
const PNG_SCALE = 2;

/** Only what kind of chart, and to which day: a file's name says nothing of what is in it. */
export const exportName = ({ kind, asOf }: Chart, format: ChartFormat): string =>
  `crossline-${kind}-${dayToIso(asOf)}.${format}`;

/** The light colours of app.css, whatever the screen shows: exports are for paper. */
function lightPalette(): Readonly<Record<Token, string>> {
  const found = new Map<string, string>();
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ':root') continue;
      for (const token of TOKENS) {
        const value = rule.style.getPropertyValue(`--${token}`).trim();
        if (value !== '' && !found.has(token)) found.set(token, value);
      }
    }
  }
  const shown = getComputedStyle(document.documentElement);
  const colours = TOKENS.map((token) => [
    token,
    found.get(token) ?? shown.getPropertyValue(`--${token}`).trim(),
  ]);
  return Object.fromEntries(colours) as Record<Token, string>;
}

function svgOf(
  chart: ReleasedChart,
  { rightToLeft, language }: ExportReader,
  width = WIDTH,
): string {
  const fonts = getComputedStyle(document.body).fontFamily;
  const palette = lightPalette();
  const options = { width, rightToLeft, measure: measureText, palette, fonts, language };
  return chartToSvg(chart, options);
}

/** Draws the SVG on a canvas, twice as large. */
async function pngOf(svg: string): Promise<Blob | null> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * PNG_SCALE;
    canvas.height = image.naturalHeight * PNG_SCALE;
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } catch {
    return null; // too large for this browser's canvas, or no image of it
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A chart as a file in memory. */
export async function chartFile(
  chart: ReleasedChart,
  format: ChartFormat,
  reader: ExportReader,
): Promise<Result<Blob, ChartExportError>> {
  if (format === 'csv') return ok(new Blob([chartToCsv(chart)], { type: 'text/csv' }));
  const svg = svgOf(chart, reader);
  if (format === 'svg') return ok(new Blob([svg], { type: 'image/svg+xml' }));
  const png = await pngOf(svg);
  return png ? ok(png) : err({ type: 'not_drawn' });
}

/** A chart as a picture inside a document, so many px wide, as a `data:` address; null: not drawn. */
export async function chartImage(
  chart: ReleasedChart,
  reader: ExportReader,
  width: number,
): Promise<string | null> {
  const png = await pngOf(svgOf(chart, reader, width));
  if (!png) return null;
  const bytes = new Uint8Array(await png.arrayBuffer());
  return `data:image/png;base64,${bytes.toBase64()}`;
}

/** Offers a chart's file to the browser's own saving. */
export async function saveChart(
  chart: ReleasedChart,
  format: ChartFormat,
  reader: ExportReader,
): Promise<Result<void, ChartExportError>> {
  const file = await chartFile(chart, format, reader);
  if (!file.ok) return file;
  offerFile(file.value, exportName(chart, format));
  return ok(undefined);
}

/** The finding, its caveats and its source to the clipboard. */
export async function copyChart(chart: ReleasedChart): Promise<Result<void, ChartExportError>> {
  try {
    await navigator.clipboard.writeText(chartToText(chart));
    return ok(undefined);
  } catch {
    return err({ type: 'not_copied' });
  }
}
