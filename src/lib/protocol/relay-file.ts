import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import { bytes, id } from './wire-values.ts';

/**
 * What waits on a device, as a file that anybody may carry: envelopes as they would be pushed, which
 * only the server can open (docs/api.md).
 */
const relayFile = v.object({
  format: v.literal('crossline relay 1'),
  envelopes: v.array(
    v.object({
      replica: id,
      n: v.pipe(v.number(), v.integer(), v.minValue(1)),
      envelope: bytes(LIMITS.envelopeBytes),
    }),
  ),
});
export type RelayFile = v.InferOutput<typeof relayFile>;

/** The file in a text; `undefined` where it is none, or not all of it. */
export function readRelayFile(text: string): RelayFile | undefined {
  try {
    const read = v.safeParse(relayFile, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}
