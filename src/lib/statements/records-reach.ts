import { datePart, sentence, type Sentence } from './sentence.ts';

/** How far the records reach: what is not in them may still be on a phone somewhere. */
export interface RecordsReach {
  /** EDTF of the last day that the records speak of. */
  readonly to: string;
  /** Devices not heard from for long; none where nobody can know. */
  readonly silent?: { readonly devices: number; readonly since: string } | undefined;
}

/** "records to 29 June 2016; 3 devices not heard from since 20 June 2016". */
export function recordsReachSentence({ to, silent }: RecordsReach): Sentence {
  const records = sentence('records.to', { date: datePart(to) });
  if (!silent || silent.devices === 0) return records;
  const devices = sentence('records.devices', {
    count: silent.devices,
    date: datePart(silent.since),
  });
  return sentence('records.both', { records, devices });
}
