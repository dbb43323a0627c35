import type { Day } from '#lib/domain/dates/day.ts';
import type { AccessStatusValue } from '#lib/domain/records/vocabularies.ts';
import { type TimeAxis, xOf } from './time-axis.ts';
import type { MeasureText, TimelineInput } from './timeline-input.ts';
import type { TimelineStyle } from './timeline-style.ts';

/** How a status is drawn. Height says the same as colour: none is told by colour alone. */
export type BandLook = 'besieged' | 'hard' | 'accessible' | 'evacuated' | 'unknown';

export interface Band {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  readonly look: BandLook;
}

export interface BandLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
  readonly look: BandLook;
  readonly isBold: boolean;
}

const LOOKS: Readonly<Record<AccessStatusValue, readonly [BandLook, number]>> = {
  besieged: ['besieged', 1],
  hard_to_reach: ['hard', 0.62],
  accessible: ['accessible', 0.25],
  siege_lifted: ['accessible', 0.25],
  evacuated: ['evacuated', 1],
  unknown: ['unknown', 1],
};

interface Segment {
  readonly from: Day;
  readonly to: Day;
  readonly status: AccessStatusValue;
  readonly label: string;
}

/** Statuses and the unknown times between them, in order, without a hole from axis start to end. */
function segmentsOf(axis: TimeAxis, input: TimelineInput): Segment[] {
  const segments: Segment[] = [];
  let reached = axis.from;
  const unknownUntil = (day: Day): void => {
    if (day <= reached) return;
    segments.push({ from: reached, to: day, status: 'unknown', label: input.unknownLabel });
    reached = day;
  };
  const ordered = [...input.statuses].sort((a, b) => a.from.latest - b.from.latest);
  for (const { from, to, status, label } of ordered) {
    const end = Math.min(axis.to, to);
    // A start known as a range: hatched until its latest day.
    const start = Math.max(axis.from, from.latest);
    if (end < start || (end === start && end !== axis.to)) continue;
    unknownUntil(start);
    if (end > reached) segments.push({ from: reached, to: end, status, label });
    else if (end === reached) segments.push({ from: end, to: end, status, label });
    reached = end;
  }
  unknownUntil(axis.to);
  return segments;
}

/** Bands at the foot of the row, aligned to it. A status that began on the last day is 1.5 px wide. */
export function bandsOf(
  axis: TimeAxis,
  input: TimelineInput,
  style: TimelineStyle,
): readonly Band[] {
  if (style.bandHeight === 0) return [];
  return segmentsOf(axis, input).map(({ from, to, status }) => {
    const [look, share] = LOOKS[status];
    const height = style.bandHeight * share;
    const ends = [xOf(axis, from), xOf(axis, to)];
    const width = Math.max(1.5, Math.abs((ends[1] ?? 0) - (ends[0] ?? 0)));
    return {
      x: Math.min(...ends, axis.width - axis.pad),
      width,
      y: style.bandTop + style.bandHeight - height,
      height,
      look,
    };
  });
}

/**
 * The names of the bands beneath them: the last one first, at the far end; then, from the beginning,
 * those that have room beside what stands there already.
 */
export function bandLabels(
  axis: TimeAxis,
  input: TimelineInput,
  style: TimelineStyle,
  measure: MeasureText,
): readonly BandLabel[] {
  if (style.statusText === 0) return [];
  const segments = segmentsOf(axis, input);
  const last = segments.at(-1);
  if (!last) return [];
  const labelOf = (segment: Segment, anchor: 'start' | 'end', along: number): BandLabel => {
    const [look] = LOOKS[segment.status];
    const x = axis.rightToLeft ? axis.width - along : along;
    const isBold = look === 'besieged';
    return { text: segment.label, x, y: style.statusText, anchor, look, isBold };
  };
  const widthOf = (segment: Segment): number =>
    measure(segment.label, 13, LOOKS[segment.status][0] === 'besieged');
  if (segments.length === 1) return [labelOf(last, 'start', 0)];
  const freeUntil = axis.width - widthOf(last) - 12;
  const labels = [labelOf(last, 'end', axis.width)];
  let freeFrom = 0;
  for (const segment of segments.slice(0, -1)) {
    const along = Math.abs(xOf({ ...axis, rightToLeft: false }, segment.from));
    const start = segment === segments[0] ? 0 : Math.max(along, freeFrom);
    const width = widthOf(segment);
    const sameAsLast = segment.label === labels.at(-1)?.text;
    if (sameAsLast || start < freeFrom || start + width > freeUntil) continue;
    labels.push(labelOf(segment, 'start', start));
    freeFrom = start + width + 12;
  }
  return labels;
}
