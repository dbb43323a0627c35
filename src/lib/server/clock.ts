/** Milliseconds since 1970 by the server's clock. Injected, so that tests can move it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** The calendar day (UTC) of an instant, in days since 1970. */
export function dayOf(instant: number): number {
  return Math.floor(instant / DAY);
}
