/** How hard the passphrase is made to guess: memory in KiB, passes, lanes. Kept beside the salt. */
export interface Argon2Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

export const STRONG: Argon2Parameters = { memory: 64 * 1024, passes: 3, lanes: 1 };
/** No phone goes below this. */
export const LEAST: Argon2Parameters = { memory: 19 * 1024, passes: 2, lanes: 1 };

/**
 * Parameters for a device by the milliseconds that one pass over 19 MiB took on it: the strongest
 * that stay under about two seconds.
 */
export function parametersFor(millisecondsOfLeast: number): Argon2Parameters {
  const perUnit = millisecondsOfLeast / (LEAST.memory * LEAST.passes);
  const steps: Argon2Parameters[] = [
    STRONG,
    { memory: 46 * 1024, passes: 3, lanes: 1 },
    { memory: 32 * 1024, passes: 3, lanes: 1 },
    { memory: 19 * 1024, passes: 3, lanes: 1 },
  ];
  return steps.find((step) => step.memory * step.passes * perUnit <= 2_000) ?? LEAST;
}
