import { hash } from 'node:crypto';

/** Characters of a digest that are kept: 132 bits, as long as an id. */
const LENGTH = 22;

/** What lies before the first group of a stream: nothing. */
export const NO_PAST = '';

/**
 * Names a group and everything that was published to its stream before it, in that order: two
 * stores that say the same here gave the same groups up to here (docs/adr/0066).
 */
export function pastWith(past: string, group: string): string {
  return hash('sha256', `crossline past 1|${past}|${group}`, 'base64url').slice(0, LENGTH);
}
