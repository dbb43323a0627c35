import { seededRandom } from '../server/seed.ts';

/**
 * Ids are random, and decide in which order things stand: the same history shall have the same. Keys
 * and signatures stay as random as they are. Returns how to have real randomness back.
 */
export function seedRandomness(seed: number): () => void {
  const real = crypto.getRandomValues;
  const random = seededRandom(seed ^ 0x5bd1e995);
  crypto.getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256);
    return array;
  };
  return () => {
    crypto.getRandomValues = real;
  };
}
