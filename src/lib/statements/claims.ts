import type { ClaimCheck, ClaimReason } from '#lib/domain/access/claims.ts';
import { onDate, sinceDate } from './dates.ts';
import { listPart, localitiesPart, type Part, sentence, type Sentence } from './sentence.ts';
import { classifierPart } from './where.ts';

/** What a claim's sentence needs to know of the records it names. */
export interface ClaimNames {
  /** A source by its id: its publisher, else its title. */
  readonly sourceName: (id: string) => string;
  /** EDTF of a stop by its id; null where it has none. */
  readonly dateOfStop: (id: string) => string | null;
}

/**
 * "The claim “First time since 2012” is contradicted by our record: Madaya: a delivery in between,
 * on 11 January 2016" (indicator 11). The claim's words are its source's own.
 */
export function claimSentence(found: ClaimCheck, names: ClaimNames): Sentence {
  const { source } = found;
  const name = source ? names.sourceName(source) : '';
  const isSameSource = found.verdict === 'same_source' && name !== '';
  const verdict = isSameSource
    ? sentence('claim.verdict.same_sourceNamed', { source: name })
    : sentence(`claim.verdict.${found.verdict}`);
  const line =
    name && !isSameSource
      ? sentence('claim.lineBy', { claim: found.text, source: name, verdict })
      : sentence('claim.line', { claim: found.text, verdict });
  const reasons = reasonSentences(found.because, names);
  if (reasons.length === 0) return line;
  return sentence('claim.because', { sentence: line, reasons: listPart(reasons) });
}

/** What led to the verdict. The same of several places is said once: "Arbin and Zamalka: …". */
export function reasonSentences(
  because: readonly ClaimReason[],
  names: ClaimNames,
): readonly Sentence[] {
  const placesByWords = new Map<
    string,
    { readonly places: string[]; readonly reason: ClaimReason }
  >();
  for (const reason of because) {
    const words = `${reason.type} ${JSON.stringify(detailOf(reason, names))}`;
    const known = placesByWords.get(words) ?? { places: [], reason };
    if ('locality' in reason) known.places.push(reason.locality);
    placesByWords.set(words, known);
  }
  return [...placesByWords.values()].map(({ places, reason }) =>
    sentence(`claim.reason.${reason.type}`, {
      ...detailOf(reason, names),
      ...(places.length > 0 && { places: localitiesPart([...new Set(places)]) }),
    }),
  );
}

function detailOf(reason: ClaimReason, { dateOfStop }: ClaimNames): Record<string, Part> {
  switch (reason.type) {
    case 'delivery_at_since':
    case 'delivery_between':
    case 'possible_delivery_between': {
      const date = dateOfStop(reason.stop);
      return { on: date ? onDate(date) : sentence('convoyLine.noDate') };
    }
    case 'no_delivery_at_since':
    case 'records_not_complete':
    case 'stands_as_reported':
      return {};
    case 'records_complete':
      return { since: sinceDate(reason.since) };
    case 'covered':
      return { certain: reason.certain, count: reason.total };
    case 'not_covered':
      return { places: localitiesPart(reason.localities) };
    case 'no_status_list':
      return { classifier: classifierPart(reason.classifier) };
    case 'incomplete_claim':
      return { missing: reason.missing };
  }
}
