/** Examples of what is said of claims, likely duplicates and records left out (indicators 11 and 12). */
import type { ClaimCheck, ClaimReason, Verdict } from '#lib/domain/access/claims.ts';
import type { DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import { claimSentence, reasonSentences } from '#lib/statements/claims.ts';
import { duplicateOffer, duplicatePair } from '#lib/statements/duplicates.ts';
import { recordsReachSentence } from '#lib/statements/records-reach.ts';
import { type Sentence, sentence } from '#lib/statements/sentence.ts';

const NAMES = {
  sourceName: (id: string) => id,
  dateOfStop: (id: string) => (id === 'undated' ? null : '2012-11'),
};

const CLAIM: ClaimCheck = {
  definition: 'indicator 11',
  claim: 'c',
  convoy: 'v',
  convoyName: '2016-06-29-zamalka-erbin',
  kind: 'first_since',
  text: 'First time since 2012',
  verdict: 'supported',
  because: [
    { type: 'delivery_at_since', locality: 'Zamalka', stop: 's' },
    { type: 'delivery_at_since', locality: 'Arbin', stop: 't' },
  ],
  source: 'Reuters',
};
const VERDICTS: readonly Verdict[] = ['supported', 'contradicted', 'same_source', 'not_on_record'];
const MISSING = ['convoy', 'date', 'since', 'localities', 'lens', 'status'] as const;
const REASONS: readonly ClaimReason[] = [
  { type: 'delivery_at_since', locality: 'Arbin', stop: 's' },
  { type: 'delivery_between', locality: 'Arbin', stop: 's' },
  { type: 'possible_delivery_between', locality: 'Arbin', stop: 's' },
  { type: 'no_delivery_at_since', locality: 'Arbin' },
  { type: 'records_complete', locality: 'Arbin', since: '2012' },
  { type: 'records_not_complete', locality: 'Arbin' },
  ...[1, 2, 3, 11, 100].map((total) => ({ type: 'covered' as const, certain: total, total })),
  { type: 'not_covered', localities: ['Zamalka', 'Arbin'] },
  { type: 'no_status_list', classifier: 'UN' },
  { type: 'stands_as_reported' },
  ...MISSING.map((missing) => ({ type: 'incomplete_claim' as const, missing })),
];

export const CLAIM_EXAMPLES: readonly Sentence[] = [
  ...VERDICTS.map((verdict) => claimSentence({ ...CLAIM, verdict }, NAMES)),
  claimSentence({ ...CLAIM, verdict: 'same_source', source: null }, NAMES),
  claimSentence({ ...CLAIM, source: null, because: [] }, NAMES),
  ...reasonSentences(REASONS, NAMES),
];

const date = parsePartialDate('2016-06-29');
const CONVOY: DerivedConvoy = {
  id: 'v',
  name: '2016-06-29-zamalka-erbin',
  status: 'delivered',
  statusAccepted: false,
  disputed: false,
  date: date.ok ? date.value : null,
  stops: [{ localities: ['Zamalka', 'Arbin'] } as unknown as DerivedConvoy['stops'][number]],
  organisations: null,
  modalities: null,
  trucks: null,
  people: { intended: null, approved: null, reached: null },
  reports: [],
  totals: [],
};

export const DUPLICATE_EXAMPLES: readonly Sentence[] = [
  sentence('duplicate.none'),
  duplicateOffer(CONVOY),
  duplicatePair(CONVOY, { ...CONVOY, status: 'at_checkpoint' }),
];

const LEFT_OUT = [
  'no_date',
  'no_locality',
  'dates_reversed',
  'report_without_convoy',
  'stop_without_convoy',
  'item_without_convoy',
  'request_without_line',
  'line_without_request',
  'without_parent',
] as const;

export const RECORDS_EXAMPLES: readonly Sentence[] = [
  recordsReachSentence({ to: '2016-06-29' }),
  ...[1, 2, 3, 11, 100].map((devices) =>
    recordsReachSentence({ to: '2016-06-29', silent: { devices, since: '2016-06-20' } }),
  ),
  ...LEFT_OUT.flatMap((type) =>
    [1, 2, 3, 11, 100].map((count) => sentence(`leftOut.${type}`, { count })),
  ),
];
