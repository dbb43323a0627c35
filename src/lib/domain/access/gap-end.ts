import type { DatedStop } from './access-records.ts';
import type { DerivedStop } from './from-reports.ts';

/** An end of a gap: the date as it is written, and the stops that have it. */
export interface GapEnd {
  readonly date: string;
  readonly stops: readonly string[];
  /** An airdrop or airlift is named as such wherever it ends a gap. */
  readonly byAir: 'airdrop' | 'airlift' | null;
}

/** How a delivery came down, where it came from the air. */
export const byAirOf = ({ modalities }: DerivedStop): GapEnd['byAir'] =>
  modalities?.includes('airdrop') ? 'airdrop' : modalities?.includes('airlift') ? 'airlift' : null;

/** A stop as an end of gaps. */
export const endOf = (stop: DatedStop): GapEnd => ({
  date: stop.date.edtf,
  stops: [stop.id],
  byAir: byAirOf(stop),
});
