import type { LeftOut } from '#lib/domain/access/caveats.ts';
import { sentence, type Sentence } from './sentence.ts';

const TYPES = ['no_date', 'no_locality', 'report_without_convoy', 'stop_without_convoy'] as const;

/** Records that no result could use, counted by the reason: nothing is left out in silence. */
export const leftOutSentences = (leftOut: readonly LeftOut[]): readonly Sentence[] =>
  TYPES.flatMap((type) => {
    const count = leftOut.filter((one) => one.type === type).length;
    return count > 0 ? [sentence(`leftOut.${type}`, { count })] : [];
  });
