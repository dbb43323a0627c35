/** One worked example for every pattern that Crossline's sentences can take (docs/sentences.md). */
import type { Caveat } from '#lib/domain/access/caveats.ts';
import type { Lens } from '#lib/domain/access/lens.ts';
import type { Figure } from '#lib/domain/figures/figure.ts';
import {
  CONVOY_STATUSES,
  MODALITIES,
  ORGANISATION_TYPES,
  PEOPLE_KINDS,
  SECTORS,
} from '#lib/domain/records/vocabularies.ts';
import { caveatSentence } from '#lib/statements/caveats.ts';
import { convoyLine } from '#lib/statements/convoy-line.ts';
import { onDate, sinceDate } from '#lib/statements/dates.ts';
import { disagreementSentence } from '#lib/statements/disagreement.ts';
import {
  earlierStage,
  figureWithUnit,
  noNumberSentence,
  peopleSentence,
  spreadSentence,
  type Unit,
} from '#lib/statements/figures.ts';
import {
  firstSinceDeck,
  type FirstSinceFacts,
  firstSinceHeadline,
  firstSinceOfPlaces,
  firstSinceSentence,
} from '#lib/statements/first-since.ts';
import { type Bounds, gapLabel, type Length, lengthInProse } from '#lib/statements/length.ts';
import type { Part, Sentence } from '#lib/statements/sentence.ts';
import {
  lensWaitSentence,
  waitOfPlaces,
  waitSentence,
  waitSinceSentence,
} from '#lib/statements/wait.ts';
import {
  CLAIM_EXAMPLES,
  DUPLICATE_EXAMPLES,
  RECORDS_EXAMPLES,
} from './sentence-examples/claims-and-duplicates.ts';
import {
  COVERAGE_EXAMPLES,
  CUMULATIVE_EXAMPLES,
  REACH_CAVEAT_EXAMPLES,
  REACH_EXAMPLES,
} from './sentence-examples/coverage-and-reach.ts';
import {
  INCIDENT_EXAMPLES,
  REMOVED_EXAMPLES,
  REQUEST_EXAMPLES,
  SUPPLY_EXAMPLES,
} from './sentence-examples/requests-and-supply.ts';
import {
  DISAGREEMENT_EXAMPLES,
  SITREP_EXAMPLES,
  WAIT_EXAMPLES,
} from './sentence-examples/sitrep.ts';

export interface Section {
  readonly title: string;
  readonly examples: readonly Sentence[];
}

const same = (value: number): Bounds => [value, value];
const months = (count: number): Length => ({ days: same(count * 30), months: same(count) });

const ZAMALKA: FirstSinceFacts = {
  date: '2016-06-29',
  localities: ['Zamalka', 'Arbin'],
  since: '2012-11',
  length: { days: [1307, 1336], months: same(43) },
};
const FIRST: FirstSinceFacts = { ...ZAMALKA, since: null, length: null };
const DARAYYA: FirstSinceFacts = {
  date: '2016-06-09',
  localities: ['Darayya'],
  since: '2012',
  length: { days: [1256, 1621], months: [41, 52] },
  lens: { sector: 'FSC' },
};
const KAFR_BATNA = { from: '2016-02-23', days: same(127) };
const TRUCKS: Figure = { q: '..', n: 37, m: 38 };
const PEOPLE: Figure = { q: '~', n: 20_000, unit: 'people' };
const UNITS: readonly Unit[] = ['people', 'families', 'baskets', 'trucks'];
const DATES = ['2016-06-29', '2012-11', '2012', '2014-07-14/2014-07-17', '2016-06-22~'];

const LENSES: readonly Lens[] = [
  ...SECTORS.map((sector): Lens => ({ sector })),
  ...MODALITIES.map((modality): Lens => ({ modality })),
  ...ORGANISATION_TYPES.map((orgType): Lens => ({ orgType })),
  { joint: true },
  { org: 'WFP', sector: 'FSC' },
  { sector: 'XYZ' },
];

const CAVEATS: readonly Caveat[] = [
  { type: 'approximate_date', date: '2016-06-22~' },
  { type: 'straddles_as_of', date: '2016-06-28/2016-07-02' },
  { type: 'possibly_not_first', date: '2016-06-29' },
  { type: 'disputed_status', convoy: '' },
  { type: 'undated_delivery', convoy: '' },
  { type: 'delivery_not_on_record', claim: '', date: '2016-04' },
];

const convoyOf = (status: string | null, isDisputed = false): Sentence =>
  convoyLine({
    localities: ['Zamalka', 'Arbin'],
    date: '2016-06-29',
    trucks: TRUCKS,
    status,
    isDisputed,
  });

const DISAGREEMENT_VALUES = [
  { figure: { q: '=', n: 37 }, reports: 4 },
  { figure: { q: '=', n: 38 }, reports: 1 },
] as const;

export const SECTIONS: readonly Section[] = [
  {
    title: 'First since (indicator 2)',
    examples: [
      firstSinceSentence({ ...ZAMALKA, source: 'Reuters' }),
      firstSinceOfPlaces(ZAMALKA),
      firstSinceHeadline(ZAMALKA),
      firstSinceDeck('2016-06-29', ['Zamalka']),
      firstSinceSentence({ ...ZAMALKA, possiblyNotFirst: true }),
      firstSinceSentence({ ...ZAMALKA, modality: 'airdrop' }),
      firstSinceSentence({ ...ZAMALKA, modality: 'airlift' }),
      firstSinceSentence(FIRST),
      firstSinceSentence({ ...FIRST, recordsSince: '2014-01' }),
      firstSinceSentence(DARAYYA),
      firstSinceSentence({ ...DARAYYA, possiblySince: '2016-06-01' }),
      firstSinceSentence({ ...FIRST, lens: { sector: 'FSC' } }),
    ],
  },
  {
    title: 'Open waits (indicator 1)',
    examples: [
      waitOfPlaces(['Kafr Batna'], KAFR_BATNA),
      waitSinceSentence(KAFR_BATNA),
      waitSentence({ ...KAFR_BATNA, recordsSince: '2014' }),
      waitSinceSentence({ ...KAFR_BATNA, recordsSince: '2014' }),
      waitSentence({ from: null, days: null }),
      waitSentence({ ...KAFR_BATNA, lens: { sector: 'FSC' } }),
      waitSinceSentence({ ...KAFR_BATNA, lens: { sector: 'FSC' } }),
      waitSentence({ from: null, days: null, lens: { sector: 'FSC' } }),
      lensWaitSentence(same(60), same(167), { sector: 'FSC' }),
      ...WAIT_EXAMPLES,
    ],
  },
  {
    title: 'Lenses',
    examples: LENSES.map((lens) => waitSentence({ ...KAFR_BATNA, lens })),
  },
  {
    title: 'Lengths',
    examples: [
      ...[43, 42, 41, 36, 26, 18, 12, 11, 3, 2, 1].map((count) => lengthInProse(months(count))),
      lengthInProse({ days: [1238, 1600], months: [41, 52] }),
      lengthInProse({ days: [29, 58], months: same(1) }),
      ...[0, 1, 2, 3, 11, 43, 100].map((count) => gapLabel(months(count))),
      ...[0, 1, 2, 3, 11, 44].map((days) => gapLabel({ days: same(days), months: same(0) })),
      gapLabel({ days: [120, 400], months: [3, 13] }),
    ],
  },
  { title: 'Dates', examples: DATES.flatMap((edtf) => [sinceDate(edtf), onDate(edtf)]) },
  {
    title: 'Convoys',
    examples: [
      ...CONVOY_STATUSES.map((status) => convoyOf(status)),
      convoyOf('attacked', true),
      convoyLine({ localities: [], date: null, trucks: null, status: null }),
    ],
  },
  {
    title: 'Figures',
    examples: [
      ...PEOPLE_KINDS.map((kind) => peopleSentence(PEOPLE, kind)),
      peopleSentence(PEOPLE, 'intended', { with: ['Zamalka'] }),
      peopleSentence(PEOPLE, 'intended', { by: ['Zamalka', 'Arbin'] }),
      earlierStage(peopleSentence(PEOPLE, 'intended')),
      spreadSentence(TRUCKS, 'trucks', 5, 8),
      noNumberSentence(),
      ...UNITS.map((unit) => figureWithUnit({ q: '~', n: 300 }, unit)),
      ...UNITS.flatMap((unit) =>
        [1, 2, 3, 11, 100].map((n) => figureWithUnit({ q: '=', n }, unit)),
      ),
      figureWithUnit({ q: '>', n: 115 }, 'trucks'),
      figureWithUnit({ q: '<', n: 50 }, 'trucks'),
    ],
  },
  {
    title: 'Disagreement (indicator 10)',
    examples: [
      ...(['trucks', 'people_intended', 'people_approved', 'people_reached'] as const).map(
        (figure) =>
          disagreementSentence({ figure, values: DISAGREEMENT_VALUES, value: { q: '=', n: 37 } }),
      ),
      ...DISAGREEMENT_EXAMPLES,
    ],
  },
  { title: 'Coverage (indicator 3)', examples: COVERAGE_EXAMPLES },
  { title: 'People reached and intended (indicator 4)', examples: REACH_EXAMPLES },
  { title: 'People of all deliveries (indicator 5)', examples: CUMULATIVE_EXAMPLES },
  { title: 'Requests for access (indicator 6)', examples: REQUEST_EXAMPLES },
  { title: 'Supply (indicator 7)', examples: SUPPLY_EXAMPLES },
  { title: 'Items removed (indicator 8)', examples: REMOVED_EXAMPLES },
  { title: 'Incidents near deliveries (indicator 9)', examples: INCIDENT_EXAMPLES },
  { title: 'Claims (indicator 11)', examples: CLAIM_EXAMPLES },
  { title: 'Likely duplicates (indicator 12)', examples: DUPLICATE_EXAMPLES },
  { title: 'The situation report', examples: SITREP_EXAMPLES },
  { title: 'Caveats', examples: CAVEATS.map(caveatSentence) },
  { title: 'Caveats on numbers of people', examples: REACH_CAVEAT_EXAMPLES },
  { title: 'How far the records reach, and what is left out', examples: RECORDS_EXAMPLES },
];

/** Every message that a sentence is made of. */
export const keysOf = ({ key, values }: Sentence): string[] => [
  key,
  ...Object.values(values).flatMap(keysOfPart),
];

function keysOfPart(part: Part): string[] {
  if (typeof part !== 'object') return [];
  if (part.kind === 'list') return part.items.flatMap(keysOfPart);
  return part.kind === 'sentence' ? keysOf(part) : [];
}
