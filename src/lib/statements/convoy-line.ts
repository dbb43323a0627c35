import type { Figure } from '#lib/domain/figures/figure.ts';
import { figureInTitle } from './figures.ts';
import {
  datePart,
  localitiesPart,
  type NamesPart,
  type Part,
  sentence,
  type Sentence,
} from './sentence.ts';
import { vocabularyWord } from './vocabulary.ts';

export interface ConvoyLineFacts {
  readonly localities: readonly string[];
  /** `by_name` where nobody chose the order of the places. */
  readonly order?: NamesPart['order'] | undefined;
  /** EDTF. */
  readonly date: string | null;
  readonly trucks: Figure | null;
  readonly status: string | null;
  /** Reports give different ends. */
  readonly isDisputed?: boolean | undefined;
}

/** "Zamalka and Arbin, 29 June 2016: 37 or 38 trucks, delivered": the title of a convoy. */
export function convoyLine(facts: ConvoyLineFacts): Sentence {
  const head = convoyHeadOf(facts);
  const outcome = outcomePart(facts);
  const rest = facts.trucks
    ? sentence('convoyLine.rest', { trucks: figureInTitle(facts.trucks, 'trucks'), outcome })
    : outcome;
  return sentence('convoyLine.full', { head, rest });
}

/** "Zamalka and Arbin, 29 June 2016": how a convoy is called. */
export const convoyHeadOf = ({
  localities,
  order = 'given',
  date,
}: Pick<ConvoyLineFacts, 'localities' | 'order' | 'date'>): Sentence =>
  sentence('convoyLine.places', {
    places:
      localities.length > 0 ? localitiesPart(localities, order) : sentence('convoyLine.noPlace'),
    date: date ? datePart(date) : sentence('convoyLine.noDate'),
  });

function outcomePart({ status, isDisputed }: ConvoyLineFacts): Part {
  if (!status) return sentence('convoyLine.noOutcome');
  const outcome = vocabularyWord('outcome', status);
  return isDisputed ? sentence('convoyLine.disputed', { outcome }) : outcome;
}
