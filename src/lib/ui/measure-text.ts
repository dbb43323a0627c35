let context: CanvasRenderingContext2D | null | undefined;

/** Px that a text takes in the screen's own font; a rather too wide guess where there is no canvas. */
export function measureText(text: string, size: number, bold: boolean): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size * 0.62;
  const family = getComputedStyle(document.body).fontFamily;
  context.font = `${bold ? 700 : 400} ${size}px ${family}`;
  return context.measureText(text).width;
}
