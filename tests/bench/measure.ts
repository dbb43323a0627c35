import { performance } from 'node:perf_hooks';

/** One measured number against its budget: what `npm run bench` prints, a line of JSON each. */
export interface BenchLine {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** null: measured for the record, nobody is held to it. */
  readonly budget: number | null;
  readonly ok: boolean | null;
}

export interface Bench {
  readonly name: string;
  run(): Promise<readonly BenchLine[]>;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** A value that may be at most its budget. */
export const atMost = (name: string, value: number, unit: string, budget: number): BenchLine => ({
  name,
  value: rounded(value),
  unit,
  budget,
  ok: value <= budget,
});

/** A value that has to be at least its budget. */
export const atLeast = (name: string, value: number, unit: string, budget: number): BenchLine => ({
  name,
  value: rounded(value),
  unit,
  budget,
  ok: value >= budget,
});

/** A value that explains others. */
export const beside = (name: string, value: number, unit: string): BenchLine => ({
  name,
  value: rounded(value),
  unit,
  budget: null,
  ok: null,
});

/** The value below which a share of the measured ones lies; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Milliseconds that a piece of work takes. */
export function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
