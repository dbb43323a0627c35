import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import type { LocalityGaps } from '#lib/domain/access/gaps.ts';
import { inputsOfLens, isAnyDelivery, type Lens, lensTest } from '#lib/domain/access/lens.ts';
import { Remembered } from '#lib/domain/access/remembered.ts';
import type { StatusRegister, StatusStatement } from '#lib/domain/access/status-registers.ts';
import { statusBands } from '#lib/domain/access/statuses.ts';
import type { Wait } from '#lib/domain/access/waits.ts';
import type { Bounds } from '#lib/domain/dates/between.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { stopMarks } from './stop-marks.ts';
import type { PlaceRow } from './views.ts';

const NO_STATEMENTS: readonly StatusStatement[] = [];

/** What the lines of a list of places are made of: every column of a comparison has its own. */
interface RowsOf {
  /** Whose stops are marks; of a narrower choice than the places' names. */
  readonly access: Pick<AccessRecords, 'localities'>;
  /** Names, sources, organisations: all of them, as places outside an area share figures too. */
  readonly dataset: Dataset;
  readonly gaps: ReadonlyMap<string, LocalityGaps>;
  readonly register: StatusRegister;
  readonly asOf: Day;
  readonly lens: Lens;
}

/** Under a lens from the shortest that it may be to the longest that is recorded (indicator 1). */
function waitOf({ open, possibleOpen }: Wait): Bounds | null {
  if (!open) return null;
  return possibleOpen ? [Math.min(open.days[0], possibleOpen.days[0]), open.days[1]] : open.days;
}

/** Lines of the list of places, made anew only where something of a place has changed. */
export class PlaceRows {
  readonly #known = new Remembered<PlaceRow>();

  /** In the order of the waits; a place that no record of a locality names has no line. */
  of(waits: readonly Wait[], from: RowsOf): readonly PlaceRow[] {
    const { dataset, lens } = from;
    const test = isAnyDelivery(lens) ? null : lensTest(lens, dataset.organisation);
    const lensInputs = inputsOfLens(lens, dataset.organisation);
    return waits.flatMap((wait) => this.#row(wait, from, test, lensInputs) ?? []);
  }

  #row(
    wait: Wait,
    { access, dataset, gaps: gapsById, register, asOf }: RowsOf,
    test: ReturnType<typeof lensTest> | null,
    lensInputs: readonly unknown[],
  ): PlaceRow | null {
    const { locality: id, isRanked } = wait;
    const { status } = wait.status;
    const locality = dataset.locality.get(id);
    if (!locality) return null;
    const stops = access.localities.get(id);
    const gaps = gapsById.get(id) ?? null;
    const statements = register.get(id) ?? NO_STATEMENTS;
    const sourceOf = (source: string | null) =>
      source === null ? undefined : dataset.source.get(source);
    const inputs = [
      dataset.locality, // marks name the places that share a stop
      ...[stops, gaps, status, isRanked, asOf, statements],
      ...statements.map(({ source }) => sourceOf(source)),
      ...lensInputs,
    ];
    return this.#known.get(id, inputs, () => ({
      locality,
      status,
      wait: waitOf(wait),
      isRanked,
      gaps,
      deliveries: stopMarks(dataset, stops?.delivered ?? [], { locality: id, asOf, test }),
      // of what a refused convoy would have been nobody can know: no lens leaves it out
      refusals: stopMarks(dataset, stops?.refused ?? [], { locality: id, asOf, test: null }),
      bands: statusBands(statements, asOf).map((band) => ({
        ...band,
        source: sourceOf(band.source),
      })),
    }));
  }
}
