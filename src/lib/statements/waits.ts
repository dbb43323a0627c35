import type { Lens } from '#lib/domain/access/lens.ts';
import type { Wait } from '#lib/domain/access/waits.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import { isAnyDelivery } from '#lib/domain/access/lens.ts';
import { onDate } from './dates.ts';
import { lensPhrase } from './lens.ts';
import { localitiesPart, sentence, type Sentence } from './sentence.ts';
import { lensWaitSentence, waitOfPlaces } from './wait.ts';
import { classifierPart, dayPart } from './where.ts';

export interface WaitsScope {
  readonly classifier: string;
  readonly asOf: Day;
  readonly lens?: Lens | undefined;
}

/**
 * "Arbin and Zamalka: no delivery on our record for 127 days": the longest wait among ranked places,
 * of all that share it; the title of the list of waits (indicator 1).
 */
export function findingOfWaits(waits: readonly Wait[], scope: WaitsScope): Sentence {
  return waitSentences(waits, { ...scope, most: 1 })[0] ?? noneRanked(scope);
}

/**
 * The longest waits, at most so many, places with the same wait together; then the ranked places
 * without any delivery on record, which have no length.
 */
export function waitSentences(
  waits: readonly Wait[],
  { most, ...scope }: WaitsScope & { readonly most: number },
): readonly Sentence[] {
  const ranked = waits.filter(({ isRanked }) => isRanked);
  if (ranked.length === 0) return [noneRanked(scope)];
  const together = new Map<string, Wait[]>();
  for (const wait of ranked) {
    if (!wait.open) continue;
    const key = JSON.stringify([wait.open.days, wait.possibleOpen?.days]);
    together.set(key, [...(together.get(key) ?? []), wait]);
  }
  const said = [...together.values()].slice(0, most).map((same) => sameWait(same, scope));
  return [
    ...said,
    ...neverSentences(
      ranked.filter(({ open }) => !open),
      scope,
    ),
  ];
}

/**
 * Places without any delivery on record; under a lens, without a recorded one of that kind, each
 * with the delivery that may have been one.
 */
function neverSentences(waits: readonly Wait[], { lens }: WaitsScope): readonly Sentence[] {
  const phrase = lens && lensPhrase(lens);
  const never = waits.filter(({ possibleOpen }) => !possibleOpen).map(({ locality }) => locality);
  const none = phrase ? sentence('wait.noneLens', { lens: phrase }) : null;
  const sentences: Sentence[] = [];
  for (const { locality, possibleOpen } of waits) {
    if (!possibleOpen || !none) continue;
    const on = onDate(possibleOpen.from.date);
    sentences.push(
      sentence('wait.ofPlaces', {
        places: localitiesPart([locality]),
        sentence: sentence('wait.perhaps', { sentence: none, on }),
      }),
    );
  }
  if (never.length === 0) return sentences;
  const places = localitiesPart(never);
  return [
    ...sentences,
    none
      ? sentence('coverage.without', { sentence: none, places })
      : sentence('wait.noneOfPlaces', { places }),
  ];
}

function sameWait(waits: readonly Wait[], { lens }: WaitsScope): Sentence {
  const localities = waits.map(({ locality }) => locality);
  const [first] = waits;
  const [open, possible] = [first?.open, first?.possibleOpen];
  if (
    open &&
    possible &&
    lens &&
    !isAnyDelivery(lens) &&
    String(open.days) !== String(possible.days)
  ) {
    return sentence('wait.ofPlaces', {
      places: localitiesPart(localities),
      sentence: lensWaitSentence(possible.days, open.days, lens),
    });
  }
  return waitOfPlaces(localities, {
    from: open?.from.date ?? null,
    days: open?.days ?? null,
    lens,
  });
}

const noneRanked = ({ classifier, asOf }: WaitsScope): Sentence =>
  sentence('wait.noneRanked', { classifier: classifierPart(classifier), asOf: dayPart(asOf) });
