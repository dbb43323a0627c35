import { err, ok, type Result } from '#lib/domain/result.ts';
import { type BorderLine, borderLines } from './border-lines.ts';
import { type GeoJsonProblem, readAreaRings } from './geojson-rings.ts';
import { thinLine } from './thin-lines.ts';

/** Characters of a file that a laptop reads in about a second. */
export const LONGEST_BOUNDARIES = 12_000_000;
/** Points that a map draws without being felt: a province's districts, or a country's. */
export const MOST_POINTS = 12_000;
/** Degrees: from about fifty metres to about three kilometres, beyond which it is another country. */
const TOLERANCES = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032];
const METRES_PER_DEGREE = 111_000;

/** The borders of areas as they are drawn. */
export interface ReadBoundaries {
  readonly lines: readonly BorderLine[];
  readonly areas: number;
  /** Features of the file that are no areas. */
  readonly leftOut: number;
  /** Points of borders in the file (one that two areas share is one), and how many are drawn. */
  readonly pointsInFile: number;
  readonly points: number;
  /** Metres by which a drawn border may lie beside that of the file; 0: as it is. */
  readonly simplifiedBy: number;
}

export type BoundariesProblem =
  | GeoJsonProblem
  | { readonly type: 'too_long'; readonly most: number }
  /** Still too many when drawn as coarsely as makes sense. */
  | { readonly type: 'too_many_points'; readonly points: number; readonly most: number };

const pointsIn = (lines: readonly BorderLine[]): number =>
  lines.reduce((sum, line) => sum + line.length, 0);

/** Reads areas from GeoJSON as the lines between them, simplified only where they are too many. */
export function readBoundaries(
  text: string,
  most: number = MOST_POINTS,
): Result<ReadBoundaries, BoundariesProblem> {
  if (text.length > LONGEST_BOUNDARIES) return err({ type: 'too_long', most: LONGEST_BOUNDARIES });
  const read = readAreaRings(text);
  if (!read.ok) return read;
  const whole = borderLines(read.value.rings);
  const pointsInFile = pointsIn(whole);
  const { areas, leftOut } = read.value;
  if (pointsInFile === 0) return err({ type: 'no_areas', leftOut: areas + leftOut });
  let lines = whole;
  for (const tolerance of [0, ...TOLERANCES]) {
    if (tolerance > 0) lines = thinnedBy(tolerance, whole);
    const points = pointsIn(lines);
    if (points > most) continue;
    const simplifiedBy = Math.round(tolerance * METRES_PER_DEGREE);
    return ok({ lines, areas, leftOut, pointsInFile, points, simplifiedBy });
  }
  return err({ type: 'too_many_points', points: pointsIn(lines), most });
}

/** An island smaller than the tolerance is thinned to nothing, and left out. */
function thinnedBy(tolerance: number, lines: readonly BorderLine[]): readonly BorderLine[] {
  return lines.flatMap((line) => {
    const thin = thinLine(line, tolerance);
    const isNothing =
      thin.length === 2 && thin[0]![0] === thin[1]![0] && thin[0]![1] === thin[1]![1];
    return isNothing ? [] : [thin];
  });
}
