/** Examples of the sentences of the situation report alone, and of the titles of lists. */
import type { Disagreement } from '#lib/domain/access/disagreement.ts';
import type { Wait } from '#lib/domain/access/waits.ts';
import { dayOf } from '#lib/domain/dates/day.ts';
import { disagreementSpread, findingOfDisagreement } from '#lib/statements/disagreement.ts';
import { datePart, type Sentence, sentence } from '#lib/statements/sentence.ts';
import { SITREP_SECTIONS, sitrepTitle } from '#lib/statements/sitrep.ts';
import { findingOfWaits, waitSentences } from '#lib/statements/waits.ts';
import { periodPart } from '#lib/statements/where.ts';

const SINCE = dayOf(2016, 6, 1);
const AS_OF = dayOf(2016, 6, 29);
const COUNTS = [1, 2, 3, 11, 100];
const period = periodPart(SINCE, AS_OF);
const days = sentence('duration.days', { count: 30 });
const CONVOY = 'Arbin';

export const SITREP_EXAMPLES: readonly Sentence[] = [
  sitrepTitle({ since: SINCE, asOf: AS_OF, area: null }),
  sitrepTitle({ since: AS_OF, asOf: AS_OF, area: 'Eastern Ghouta' }),
  ...SITREP_SECTIONS.map((id) => sentence(`sitrep.heading.${id}`)),
  ...COUNTS.flatMap((count) => [
    sentence('sitrep.deliveries', { period, count }),
    sentence('sitrep.possible', { count }),
    sentence('sitrep.shorter', { count, days }),
    sentence('sitrep.refusals', { period, count }),
  ]),
  sentence('sitrep.noDeliveries', { period }),
  sentence('sitrep.noSureDeliveries', { period }),
  sentence('sitrep.noRefusals', { period }),
  sentence('sitrep.noSureRefusals', { period }),
  sentence('sitrep.places', { places: CONVOY }),
  sentence('sitrep.convoyPeople', { convoy: CONVOY, people: '20,000' }),
  sentence('sitrep.possibleConvoy', { convoy: CONVOY }),
  sentence('sitrep.dated', { date: datePart('2016-06-29'), sentence: CONVOY }),
  sentence('sitrep.noFirsts', { days }),
  sentence('sitrep.refusedBy', { convoy: CONVOY, by: 'X' }),
  sentence('sitrep.refusedWhere', { convoy: CONVOY, where: 'X' }),
  sentence('sitrep.refusedWhy', { convoy: CONVOY, constraint: sentence('constraint.MOVEMENT') }),
  sentence('sitrep.underWay'),
  sentence('sitrep.closedRequests'),
  sentence('sitrep.noClosedRequests'),
  sentence('sitrep.noRecords'),
  sentence('sitrep.ourRecord'),
  sentence('sitrep.disputedOutcomes', { convoys: CONVOY }),
  sentence('sitrep.lens', { lens: sentence('lens.sector.FSC') }),
];

const DISAGREEMENT: Disagreement = {
  definition: 'indicator 10',
  convoy: 'c',
  convoyName: 'c',
  figure: 'trucks',
  value: { q: '=', n: 37 },
  isAccepted: false,
  fromEarlierStageOrPart: false,
  values: [
    { figure: { q: '=', n: 37 }, reports: 4 },
    { figure: { q: '=', n: 38 }, reports: 1 },
  ],
  min: 37,
  max: 38,
  given: 5,
  of: 8,
  from: [],
};

export const DISAGREEMENT_EXAMPLES: readonly Sentence[] = [
  findingOfDisagreement([]),
  ...COUNTS.map((count) =>
    findingOfDisagreement(
      Array.from({ length: count }, (_, i) => ({ ...DISAGREEMENT, convoy: `c${i}` })),
    ),
  ),
  disagreementSpread(DISAGREEMENT),
  disagreementSpread({ ...DISAGREEMENT, figure: 'people_reached' }),
];

const WAIT: Wait = {
  locality: 'Kafr Batna',
  status: { status: 'besieged', possible: ['besieged'], from: [] },
  isRanked: true,
  open: {
    from: { date: '2016-02-23', stops: [], byAir: null },
    days: [127, 127],
    possible: false,
    caveats: [],
  },
  possibleOpen: null,
};
const SCOPE = { classifier: 'UN', asOf: AS_OF };

export const WAIT_EXAMPLES: readonly Sentence[] = [
  findingOfWaits([WAIT, { ...WAIT, locality: 'Darayya' }], SCOPE),
  findingOfWaits([], SCOPE),
  ...waitSentences([{ ...WAIT, locality: 'Zamalka', open: null }], { ...SCOPE, most: 5 }),
  ...waitSentences(
    [
      { ...WAIT, locality: 'Zamalka', open: null, possibleOpen: WAIT.open },
      { ...WAIT, locality: 'Arbin', open: null },
    ],
    { ...SCOPE, lens: { sector: 'FSC' }, most: 5 },
  ),
];
