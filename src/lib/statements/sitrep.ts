import type { CaveatType } from '#lib/domain/access/caveats.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import type { DerivedConvoy, PeopleNumbers } from '#lib/domain/access/from-reports.ts';
import { isAnyDelivery } from '#lib/domain/access/lens.ts';
import { MOST_DAYS_UNNAMED, type Sitrep, type SitrepConvoy } from '#lib/domain/access/sitrep.ts';
import { dayToIso } from '#lib/domain/dates/day.ts';
import type { Convoy } from '#lib/domain/records/dataset.ts';
import { caveatSentence } from './caveats.ts';
import { coverageSentences } from './coverage.ts';
import { disagreementSentence, findingOfDisagreement } from './disagreement.ts';
import { duplicatePair } from './duplicates.ts';
import { earlierStage, peopleSentence, spreadFigure } from './figures.ts';
import { firstSinceOfPlaces } from './first-since.ts';
import { findingOfIncidents, incidentCaveatSentences, incidentSentence } from './incidents.ts';
import { findingOfItemsRemoved, removedCaveatSentences, removedSentence } from './items-removed.ts';
import { leftOutSentences } from './left-out.ts';
import { lensPhrase } from './lens.ts';
import { publishedTotalSentences } from './published-totals.ts';
import {
  countedOnce,
  intendedIsNotReached,
  monthSentences,
  peopleDeliveriesSentences,
} from './reach.ts';
import { recordsReachSentence } from './records-reach.ts';
import { requestsSentences } from './requests.ts';
import { convoyHead, convoyTitle, firstSinceFacts } from './results.ts';
import { datePart, listPart, localitiesPart, sentence, type Sentence } from './sentence.ts';
import { vocabularyWord } from './vocabulary.ts';
import { waitSentences } from './waits.ts';
import { periodPart } from './where.ts';

export const SITREP_SECTIONS = [
  'deliveries',
  'firsts',
  'refusals',
  'coverage',
  'reach',
  'requests',
  'removed',
  'incidents',
  'disputed',
  'caveats',
] as const;
export type SitrepSectionId = (typeof SITREP_SECTIONS)[number];

/** Sentences that stand together, or items of a list, one after the other. */
export type SitrepBlock =
  | { readonly kind: 'paragraph'; readonly sentences: readonly Sentence[] }
  | { readonly kind: 'list'; readonly items: readonly Sentence[] };

export interface SitrepSection {
  readonly id: SitrepSectionId;
  readonly heading: Sentence;
  readonly blocks: readonly SitrepBlock[];
}

/** What the report's sentences need to know of the records that its results name. */
export interface SitrepNames {
  /** A source by its id: its publisher, else its title. */
  readonly sourceName: (id: string) => string;
  /** The convoy's record: who refused it, where and why, as a person recorded it. */
  readonly convoy: (id: string) => Convoy | undefined;
  readonly derivedConvoy: (id: string) => DerivedConvoy | undefined;
  /** Devices not heard from for long; none where nobody can know. */
  readonly silent?: { readonly devices: number; readonly since: string } | undefined;
}

/** How many of the longest waits are said. */
const MOST_WAITS = 5;

/** "Humanitarian access, 1–29 June 2016"; of one area, "…: Eastern Ghouta". */
export function sitrepTitle({
  since,
  asOf,
  area,
}: Pick<Sitrep, 'since' | 'asOf' | 'area'>): Sentence {
  const title = sentence('sitrep.title', {
    period: datePart(since === asOf ? dayToIso(asOf) : `${dayToIso(since)}/${dayToIso(asOf)}`),
  });
  return area === null ? title : sentence('sitrep.titleArea', { title, area });
}

/** The situation report, section by section: each says what is on record, or that nothing is. */
export function sitrepSections(found: Sitrep, names: SitrepNames): readonly SitrepSection[] {
  const blocksOf: Readonly<Record<SitrepSectionId, readonly SitrepBlock[]>> = {
    deliveries: deliveryBlocks(found),
    firsts: firstBlocks(found, names),
    refusals: refusalBlocks(found, names),
    coverage: coverageBlocks(found),
    reach: reachBlocks(found),
    requests: [paragraph(requestSentencesOf(found))],
    removed: [
      paragraph([findingOfItemsRemoved(found.removed)]),
      list(found.removed.entries.map(removedSentence)),
      paragraph(removedCaveatSentences(found.removed.entries)),
    ],
    incidents: [
      paragraph([findingOfIncidents(found.incidents)]),
      list(found.incidents.entries.map(incidentSentence)),
      paragraph(incidentCaveatSentences(found.incidents.entries)),
    ],
    disputed: disputedBlocks(found, names),
    caveats: [list(caveatSentences(found, names))],
  };
  return SITREP_SECTIONS.map((id) => ({
    id,
    heading: sentence(`sitrep.heading.${id}`),
    blocks: blocksOf[id].filter((block) =>
      block.kind === 'list' ? block.items.length > 0 : block.sentences.length > 0,
    ),
  }));
}

const paragraph = (sentences: readonly Sentence[]): SitrepBlock => ({
  kind: 'paragraph',
  sentences,
});
const list = (items: readonly Sentence[]): SitrepBlock => ({ kind: 'list', items });

const DELIVERY_KEYS = {
  some: 'sitrep.deliveries',
  none: 'sitrep.noDeliveries',
  noneSure: 'sitrep.noSureDeliveries',
} as const;
const REFUSAL_KEYS = {
  some: 'sitrep.refusals',
  none: 'sitrep.noRefusals',
  noneSure: 'sitrep.noSureRefusals',
} as const;

/** So many surely, or none; then so many more that are only possible. */
function counted(
  convoys: readonly SitrepConvoy[],
  period: Sentence,
  keys: Readonly<Record<'some' | 'none' | 'noneSure', MessageKey>>,
): readonly Sentence[] {
  const count = convoys.filter(({ isPossible }) => !isPossible).length;
  const more = convoys.length - count;
  return [
    count > 0
      ? sentence(keys.some, { period, count })
      : sentence(more > 0 ? keys.noneSure : keys.none, { period }),
    ...(more > 0 ? [sentence('sitrep.possible', { count: more })] : []),
  ];
}

function deliveryBlocks({ since, asOf, deliveries, localities }: Sitrep): readonly SitrepBlock[] {
  const places = localitiesPart(localities);
  return [
    paragraph([
      ...counted(deliveries, periodPart(since, asOf), DELIVERY_KEYS),
      ...(localities.length > 0 ? [sentence('sitrep.places', { places })] : []),
    ]),
    list(deliveries.map(deliveryLine)),
  ];
}

function deliveryLine({ convoy, isPossible }: SitrepConvoy): Sentence {
  const people = peopleOfConvoy(convoy);
  const title = convoyTitle(convoy);
  const words =
    people.length > 0
      ? sentence('sitrep.convoyPeople', { convoy: title, people: listPart(people) })
      : title;
  return isPossible ? sentence('sitrep.possibleConvoy', { convoy: words }) : words;
}

/** The convoy's own numbers; without any, those of each of its stops, which are never added up. */
function peopleOfConvoy({ people, stops }: DerivedConvoy): readonly Sentence[] {
  const ofAll = peopleOf(people);
  if (ofAll.length > 0 || stops.length < 2) return ofAll;
  return stops.flatMap(({ delivered, localities, people: here }) => {
    const words = delivered ? peopleOf(here) : [];
    const places = localitiesPart(localities);
    return words.map((one) => sentence('wait.ofPlaces', { places, sentence: one }));
  });
}

/** People reached and people intended, never one for the other. */
const peopleOf = (people: PeopleNumbers): readonly Sentence[] =>
  (['reached', 'intended'] as const).flatMap((kind) => {
    const number = people[kind];
    if (!number) return [];
    const words = peopleSentence(spreadFigure(number), kind);
    return [number.fromEarlierStageOrPart ? earlierStage(words) : words];
  });

function firstBlocks(found: Sitrep, { sourceName }: SitrepNames): readonly SitrepBlock[] {
  const days = sentence('duration.days', { count: MOST_DAYS_UNNAMED });
  const { firsts, shorterWaits } = found;
  const lines = firsts.map((one) =>
    sentence('sitrep.dated', {
      date: datePart(one.date.edtf),
      sentence: firstSinceOfPlaces(firstSinceFacts(one, sourceName)),
    }),
  );
  const none = firsts.length === 0 ? [sentence('sitrep.noFirsts', { days })] : [];
  const shorter =
    shorterWaits > 0 ? [sentence('sitrep.shorter', { count: shorterWaits, days })] : [];
  return [list(lines), paragraph([...none, ...shorter])];
}

function refusalBlocks(
  { since, asOf, refusals }: Sitrep,
  names: SitrepNames,
): readonly SitrepBlock[] {
  return [
    paragraph(counted(refusals, periodPart(since, asOf), REFUSAL_KEYS)),
    list(refusals.map(({ convoy }) => refusalLine(convoy, names))),
  ];
}

/** The convoy, then by whom, where and why, as far as a person recorded it. */
function refusalLine(derived: DerivedConvoy, { convoy: recordOf }: SitrepNames): Sentence {
  const { refusedBy, refusedWhere, constraint } = recordOf(derived.id) ?? {};
  let words = convoyTitle(derived);
  if (refusedBy) words = sentence('sitrep.refusedBy', { convoy: words, by: refusedBy });
  if (refusedWhere) words = sentence('sitrep.refusedWhere', { convoy: words, where: refusedWhere });
  if (!constraint) return words;
  return sentence('sitrep.refusedWhy', {
    convoy: words,
    constraint: vocabularyWord('constraint', constraint),
  });
}

function coverageBlocks(found: Sitrep): readonly SitrepBlock[] {
  const { classifier, asOf, lens } = found;
  return [
    paragraph(coverageSentences(found.coverage, found.area)),
    list(publishedTotalSentences(found.publishedTotals)),
    list(waitSentences(found.waits, { classifier, asOf, lens, most: MOST_WAITS })),
  ];
}

function reachBlocks(found: Sitrep): readonly SitrepBlock[] {
  const { reach, people, since, asOf, status, classifier, series, area } = found;
  // people are of all deliveries, whatever the lens: `sitrep.lens` says so
  const scope = { status, classifier, series, area };
  const months = reach.map((month) => paragraph(monthSentences(month, scope)));
  const sums = peopleDeliveriesSentences(people, since, asOf, {
    ...scope,
    status: 'any',
  });
  const rules = [
    ...(reach.some(({ deliveries }) => deliveries > 1) ? [countedOnce()] : []),
    ...(people.intended || reach.some(({ intended }) => intended.people)
      ? [intendedIsNotReached()]
      : []),
  ];
  return [...months, paragraph(sums), paragraph(rules)];
}

function disputedBlocks(found: Sitrep, { derivedConvoy }: SitrepNames): readonly SitrepBlock[] {
  const items = found.disagreements.flatMap((one) => {
    const convoy = derivedConvoy(one.convoy);
    if (!convoy) return [];
    const rest = disagreementSentence(one);
    return [sentence('convoyLine.full', { head: convoyHead(convoy), rest })];
  });
  return [paragraph([findingOfDisagreement(found.disagreements)]), list(items)];
}

/** Of periods that are over alone: that none is told of another is no word about its being there. */
const requestSentencesOf = ({ requests }: Sitrep): readonly Sentence[] =>
  requests.periods.length === 0
    ? [sentence('sitrep.noClosedRequests')]
    : [...requestsSentences(requests), sentence('sitrep.closedRequests')];

/** Caveats that the report's own sentences say. */
const SAID_ALREADY: ReadonlySet<CaveatType> = new Set<CaveatType>([
  'approximate_date',
  'possibly_not_first',
  'disputed_status',
]);

/** What a reader has to know of the data: how far it reaches, what is disputed, what is left out. */
function caveatSentences(found: Sitrep, names: SitrepNames): readonly Sentence[] {
  const { recordsTo, disputed, duplicates, firsts, leftOut, lens } = found;
  const reach = recordsTo
    ? recordsReachSentence({ to: dayToIso(recordsTo), silent: names.silent })
    : sentence('sitrep.noRecords');
  const derived = (ids: readonly string[]): readonly DerivedConvoy[] =>
    ids.flatMap((id) => names.derivedConvoy(id) ?? []);
  const phrase = isAnyDelivery(lens) ? null : lensPhrase(lens);
  const ofFirsts = new Map(
    firsts
      .flatMap(({ caveats }) => caveats)
      .filter(({ type }) => !SAID_ALREADY.has(type))
      .map((caveat) => [JSON.stringify(caveat), caveatSentence(caveat)]),
  );
  const disputedConvoys = derived(disputed).map(convoyHead);
  return [
    reach,
    sentence('sitrep.ourRecord'),
    sentence('sitrep.underWay'),
    ...(phrase ? [sentence('sitrep.lens', { lens: phrase })] : []),
    ...(disputedConvoys.length > 0
      ? [sentence('sitrep.disputedOutcomes', { convoys: listPart(disputedConvoys) })]
      : []),
    ...duplicates.flatMap(({ convoys }) => {
      const [one, other] = derived(convoys);
      return one && other ? [duplicatePair(one, other)] : [];
    }),
    ...ofFirsts.values(),
    ...leftOutSentences([
      ...leftOut,
      ...found.requests.leftOut,
      ...found.removed.leftOut,
      ...found.incidents.leftOut,
    ]),
  ];
}
