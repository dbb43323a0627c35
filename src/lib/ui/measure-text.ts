let context: CanvasRenderingContext2D | null | undefined;
let family = '';
/** Widths by font and text: a chart that is panned measures the same words in every frame. */
const widths = new Map<string, number>();
const MOST_KEPT = 5_000;

/** Px that a text takes in the screen's own font; a rather too wide guess where there is no canvas. */
export function measureText(text: string, size: number, bold: boolean): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size * 0.62;
  const font = `${bold ? 700 : 400} ${size}px`;
  const key = `${font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  family ||= getComputedStyle(document.body).fontFamily;
  context.font = `${font} ${family}`;
  const { width } = context.measureText(text);
  if (widths.size >= MOST_KEPT) widths.clear();
  widths.set(key, width);
  return width;
}
