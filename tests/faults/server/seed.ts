/** The seed of this run: `CROSSLINE_SEED` to play a failure again, else a new one. It is printed. */
export function seedOfRun(): number {
  const given = Number(process.env['CROSSLINE_SEED']);
  return Number.isInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 1e9);
}

/** Numbers in [0, 1) that depend on the seed alone (a linear congruential generator, 2^32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
