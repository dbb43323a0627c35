import type { FirstSince } from '#lib/domain/access/first-since.ts';
import type { GapSeries, LocalityGaps } from '#lib/domain/access/gaps.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { convoyHeadOf, convoyLine } from './convoy-line.ts';
import { spreadFigure } from './figures.ts';
import type { FirstSinceFacts } from './first-since.ts';
import { lensPhrase } from './lens.ts';
import type { Sentence } from './sentence.ts';
import { lensWaitSentence, type WaitFacts, waitSentence } from './wait.ts';

/**
 * What a first-since sentence needs of a result of indicator 2. `sourceName` names a source by its
 * id: its publisher, else its title.
 */
export function firstSinceFacts(
  found: FirstSince,
  sourceName: (id: string) => string,
): FirstSinceFacts {
  const { since, possible } = found;
  const sources = found.accordingTo.map(sourceName).filter((name) => name !== '');
  return {
    date: found.date.edtf,
    localities: found.localities,
    since: since?.date.edtf ?? null,
    length: since && { days: since.days, months: since.months },
    lens: found.lens,
    recordsSince: found.recordsSince,
    possiblyNotFirst: found.caveats.some(({ type }) => type === 'possibly_not_first'),
    possiblySince: possible?.since?.date.edtf ?? null,
    source: sources.length > 0 ? { kind: 'list', items: sources } : null,
    modality: found.byAir,
  };
}

/** The open wait of indicator 1; under a lens whose unknowns matter, from its shortest to its longest. */
export function openWaitSentence(gaps: LocalityGaps): Sentence {
  const { recorded, possible, lens, recordsSince } = gaps;
  const [longest, shortest] = [recorded.open?.days, possible?.open?.days];
  const differ = longest && shortest && String(longest) !== String(shortest);
  if (differ && lensPhrase(lens)) return lensWaitSentence(shortest, longest, lens);
  return waitSentence({ ...waitFacts(recorded), lens, recordsSince });
}

const waitFacts = ({ open }: GapSeries): WaitFacts => ({
  from: open?.from.date ?? null,
  days: open?.days ?? null,
});

/** The title of a convoy, with every place that its stops name. */
export const convoyTitle = (convoy: DerivedConvoy): Sentence =>
  convoyLine({
    ...placesAndDate(convoy),
    trucks: convoy.trucks && spreadFigure(convoy.trucks),
    status: convoy.status,
    isDisputed: convoy.disputed,
  });

/** How a convoy is called in a sentence: its places and its date. */
export const convoyHead = (convoy: DerivedConvoy): Sentence => convoyHeadOf(placesAndDate(convoy));

/**
 * Stops of one place each came in the order that somebody gave them; the places of a shared stop
 * have none, and ids must not make one: every device names them by name.
 */
function placesAndDate({ stops, date }: DerivedConvoy): Parameters<typeof convoyHeadOf>[0] {
  const isOrdered = stops.length > 1 && stops.every(({ localities }) => localities.length === 1);
  return {
    localities: [...new Set(stops.flatMap((stop) => stop.localities))],
    order: isOrdered ? 'given' : 'by_name',
    date: date?.edtf ?? null,
  };
}
