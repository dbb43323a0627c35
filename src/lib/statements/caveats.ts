import type { Caveat } from '#lib/domain/access/caveats.ts';
import { datePart, sentence, type Sentence } from './sentence.ts';

/** What has to be said beside a result, one sentence for each caveat. */
export function caveatSentence(caveat: Caveat): Sentence {
  switch (caveat.type) {
    case 'approximate_date':
      // The sentence itself says that the date is only about right.
      return sentence('caveat.approximate_date', {
        date: datePart(caveat.date.replaceAll('~', '')),
      });
    case 'straddles_as_of':
      return sentence('caveat.straddles_as_of', { date: datePart(caveat.date) });
    case 'possibly_not_first':
      return sentence('caveat.possibly_not_first', { date: datePart(caveat.date) });
    case 'disputed_status':
      return sentence('caveat.disputed_status');
    case 'undated_delivery':
      return sentence('caveat.undated_delivery');
    case 'delivery_not_on_record':
      return sentence('caveat.delivery_not_on_record', { date: datePart(caveat.date) });
  }
}
