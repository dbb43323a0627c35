import type { Hatch } from './looks.ts';

/** Unknown is hatched at 45°: a line of `width` px every `step`. */
export const HATCHES: readonly {
  readonly name: Hatch;
  readonly step: number;
  readonly width: number;
}[] = [
  { name: 'hatch-band', step: 4, width: 1.25 },
  { name: 'hatch-cell', step: 6, width: 0.6 },
];
