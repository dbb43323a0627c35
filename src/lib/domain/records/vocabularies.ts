/** The closed lists of the field's terms (docs/records.md). The order of some of them is a rule. */

/** Stages on the way, in the order in which a convoy passes them. */
export const CONVOY_STAGES = [
  'planned',
  'awaiting_letter',
  'loaded',
  'departed',
  'at_checkpoint',
  'arrived',
] as const;

/** Ends, from the most to the least favourable: of a tie the least favourable is shown. */
export const CONVOY_ENDS = [
  'delivered',
  'partially_delivered',
  'diverted',
  'attacked',
  'aborted',
  'denied',
  'postponed',
  'not_deployed',
] as const;

export const CONVOY_STATUSES = [...CONVOY_STAGES, ...CONVOY_ENDS] as const;
export type ConvoyStage = (typeof CONVOY_STAGES)[number];
export type ConvoyEnd = (typeof CONVOY_ENDS)[number];
export type ConvoyStatus = (typeof CONVOY_STATUSES)[number];

export const ACCESS_STATUSES = [
  'accessible',
  'hard_to_reach',
  'besieged',
  'siege_lifted',
  'evacuated',
  'unknown',
] as const;
export type AccessStatusValue = (typeof ACCESS_STATUSES)[number];

export const MODALITIES = [
  'cross_line',
  'cross_border',
  'airdrop',
  'airlift',
  'medical_evacuation',
  'single_agency',
  'regular_programme',
] as const;
export type Modality = (typeof MODALITIES)[number];

export const ORGANISATION_TYPES = [
  'un',
  'red_cross_red_crescent',
  'ingo',
  'nngo',
  'authority',
  'armed_actor',
  'other',
] as const;
export type OrganisationType = (typeof ORGANISATION_TYPES)[number];

export const LOCALITY_KINDS = ['town', 'neighbourhood', 'camp', 'area'] as const;
export const POPULATION_KINDS = ['resident', 'in_need'] as const;
export const PEOPLE_KINDS = ['intended', 'approved', 'reached'] as const;
export type PeopleKind = (typeof PEOPLE_KINDS)[number];
export const PEOPLE_UNITS = ['people', 'families', 'baskets'] as const;
export const SOURCE_KINDS = ['published', 'seen', 'told'] as const;
export const REPORT_SCOPES = ['convoy', 'total'] as const;
export const ITEM_STAGES = ['loaded', 'removed', 'delivered', 'diverted'] as const;
export const CLAIM_KINDS = ['first_since', 'all_reached', 'share_reached', 'elapsed'] as const;
export const SINCE_KINDS = ['delivery', 'date'] as const;
export const INCIDENT_PHASES = ['before', 'during', 'after'] as const;
export const VERIFICATIONS = ['reported', 'corroborated', 'verified'] as const;
export const TIERS = ['tier_1', 'tier_2', 'tier_3', 'watchlist'] as const;

export const REQUEST_OUTCOMES = [
  'requested',
  'approved_in_full',
  'approved_in_part',
  'approved_conditionally',
  'on_hold',
  'not_approved',
  'no_response',
  'withdrawn',
] as const;

export const LOG_ENTRY_KINDS = [
  'departed',
  'checkpoint',
  'inspection',
  'items_removed',
  'delayed',
  'turned_back',
  'arrived',
  'unloading',
  'returned',
  'attacked',
] as const;

/** The nine constraints of OCHA's Access Monitoring and Reporting Framework. */
export const CONSTRAINTS = [
  'DENIAL',
  'ENTRY',
  'MOVEMENT',
  'INTERFERENCE',
  'VIOLENCE',
  'HOSTILITIES',
  'MINES',
  'ENVIRONMENT',
  'OBSTRUCTION',
] as const;

/** Global cluster and sector codes. The list is open: an unknown code is kept as it was given. */
export const SECTORS = [
  'CCM',
  'ERY',
  'EDU',
  'SHL',
  'TEL',
  'FSC',
  'HEA',
  'LOG',
  'NUT',
  'PRO',
  'WSH',
  'PRO-CPN',
  'PRO-GBV',
  'PRO-HLP',
  'PRO-MIN',
  'MPC',
  'MS',
  'CSS',
  'OTH',
  'AGR',
] as const;
