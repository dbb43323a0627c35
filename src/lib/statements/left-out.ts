import type { LeftOut } from '#lib/domain/access/caveats.ts';
import { sentence, type Sentence } from './sentence.ts';

/** Each reason once; a reason that a later version brings has to be given its words here. */
const TYPES: Readonly<Record<LeftOut['type'], true>> = {
  no_date: true,
  no_locality: true,
  dates_reversed: true,
  report_without_convoy: true,
  stop_without_convoy: true,
  item_without_convoy: true,
  request_without_line: true,
  line_without_request: true,
  without_parent: true,
};

/** Records that no result could use, counted by the reason: nothing is left out in silence. */
export const leftOutSentences = (leftOut: readonly LeftOut[]): readonly Sentence[] =>
  (Object.keys(TYPES) as LeftOut['type'][]).flatMap((type) => {
    const records = leftOut.filter((one) => one.type === type).map(({ record }) => record);
    const count = new Set(records).size;
    return count > 0 ? [sentence(`leftOut.${type}`, { count })] : [];
  });
