/** Milliseconds by which two clocks may differ before days that people type by default are wrong. */
const TOLERANCE = 12 * 3_600_000;

/** What the device knew of the two clocks when the server last answered. */
export interface LastContact {
  /** ISO instant of this device's clock; empty: never. */
  readonly lastContact: string;
  /** Milliseconds by which this device's clock was ahead of the server's (negative: behind). */
  readonly clockAhead?: number | undefined;
}

/**
 * Milliseconds by which this device's clock is wrong (negative: behind, at least so much), or
 * undefined where nothing speaks against it. Merging does not care; dates offered by default would.
 */
export function clockError(
  now: number,
  { lastContact, clockAhead = 0 }: LastContact,
): number | undefined {
  const then = Date.parse(lastContact);
  if (Number.isNaN(then)) return undefined;
  // The server's time only goes on from here, whatever was done to this clock since.
  const earliest = then - clockAhead;
  if (now < earliest - TOLERANCE) return now - earliest;
  const isAsItWas = now >= then - TOLERANCE;
  return clockAhead >= TOLERANCE && isAsItWas ? clockAhead : undefined;
}
