import type { MeasureText } from './timeline-input.ts';

export interface WrapStyle {
  readonly width: number;
  readonly size: number;
  readonly isBold?: boolean;
}

/**
 * A text in lines that are no wider than `width`, broken at spaces. A single word that is wider
 * stays whole on a line of its own: names and figures are never cut.
 */
export function wrapText(
  text: string,
  { width, size, isBold = false }: WrapStyle,
  measure: MeasureText,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n\t]+/)) {
    if (word === '') continue;
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer, size, isBold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines;
}
