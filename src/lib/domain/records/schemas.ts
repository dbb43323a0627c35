import * as v from 'valibot';
import {
  count,
  edtf,
  figure,
  flag,
  instant,
  line,
  lines,
  names,
  recordId,
  recordIds,
  sectors,
  text,
} from './fields.ts';
import {
  ACCESS_STATUSES,
  CLAIM_KINDS,
  CONSTRAINTS,
  CONVOY_STATUSES,
  INCIDENT_PHASES,
  ITEM_STAGES,
  LOCALITY_KINDS,
  LOG_ENTRY_KINDS,
  MODALITIES,
  ORGANISATION_TYPES,
  PEOPLE_KINDS,
  POPULATION_KINDS,
  REPORT_SCOPES,
  REQUEST_OUTCOMES,
  SINCE_KINDS,
  SOURCE_KINDS,
  TIERS,
  VERIFICATIONS,
} from './vocabularies.ts';

/**
 * Every record of Crossline, field by field. Fields merge one by one (each may be missing at any
 * time), so a schema is the list of its fields; what spans fields is a warning, never a refusal.
 * A field whose value is a set of ids or codes is named in `SET_FIELDS` (registry.ts).
 */

export const operationFields = {
  name: line,
  country: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  languages: lines,
  defaultClassifier: line,
  householdSize: v.pipe(v.number(), v.minValue(1), v.maxValue(20)),
};

export const localityFields = {
  /** The main name, in Latin letters where there is one; names by language beside it. */
  name: line,
  names,
  aliases: lines,
  pcode: line,
  adm1: line,
  adm2: line,
  adm3: line,
  kind: v.picklist(LOCALITY_KINDS),
  parentArea: line,
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  /** From when its deliveries are believed complete. */
  recordsSince: edtf,
  verified: flag,
};

export const accessStatusFields = {
  locality: recordId,
  from: edtf,
  until: edtf,
  classifier: line,
  status: v.picklist(ACCESS_STATUSES),
  tier: v.picklist(TIERS),
  besiegingParty: line,
  source: recordId,
};

export const populationFields = {
  series: line,
  localities: recordIds,
  area: line,
  /** The name of a total without places. */
  total: line,
  /** Of whom a total counts the people: of all besieged places, say. */
  status: v.picklist(ACCESS_STATUSES),
  asOf: edtf,
  people: figure,
  kind: v.picklist(POPULATION_KINDS),
  source: recordId,
};

export const accessRequestFields = {
  period: edtf,
  authority: line,
  convoy: recordId,
  submittedOn: edtf,
  answeredOn: edtf,
  source: recordId,
};

export const requestLineFields = {
  request: recordId,
  locality: recordId,
  peopleRequested: figure,
  peopleApproved: figure,
  outcome: v.picklist(REQUEST_OUTCOMES),
  conditions: text,
  constraint: v.picklist(CONSTRAINTS),
};

export const movementFields = {
  convoy: recordId,
  plannedDates: lines,
  route: text,
  contacts: text,
  facilitationLetter: text,
  loggers: lines,
  /** true: still on the road; false: all are back. */
  onTheRoad: flag,
  /** A coordinator lets the convoy go to all members before it would go by itself. */
  released: flag,
};

export const logEntryFields = {
  movement: recordId,
  time: instant,
  place: recordId,
  kind: v.picklist(LOG_ENTRY_KINDS),
  note: text,
  position: v.object({ lat: v.number(), lon: v.number() }),
};

export const convoyFields = {
  /** How files and people call it; reports of one file with one key are of one convoy. */
  eventKey: line,
  name: line,
  modality: v.picklist(MODALITIES),
  leadOrganisation: recordId,
  partners: recordIds,
  origin: line,
  status: v.picklist(CONVOY_STATUSES),
  date: edtf,
  request: recordId,
  trucksDispatched: figure,
  trucksEntered: figure,
  trucksUnloaded: figure,
  refusedBy: line,
  refusedWhere: line,
  constraint: v.picklist(CONSTRAINTS),
  reason: text,
  notes: text,
  /** Convoys that look alike and that somebody who looked says are others (indicator 12). */
  notSameAs: recordIds,
};

export const stopFields = {
  convoy: recordId,
  order: count,
  /** Several localities share the figures of the stop; a figure is never split between them. */
  localities: recordIds,
  outcome: v.picklist(CONVOY_STATUSES),
  arrivedOn: edtf,
  trucksUnloaded: figure,
  peopleIntended: figure,
  peopleApproved: figure,
  peopleReached: figure,
  /** A second tranche for the other half of a town: other people than those of that stop. */
  otherPeopleThan: recordId,
  sectors,
  daysOfSupply: figure,
  distributionConfirmed: flag,
};

export const itemLineFields = {
  convoy: recordId,
  stop: recordId,
  localities: recordIds,
  item: line,
  sector: line,
  quantity: figure,
  unit: line,
  stage: v.picklist(ITEM_STAGES),
  removedWhere: line,
  removedBy: line,
};

export const incidentFields = {
  localities: recordIds,
  convoy: recordId,
  date: edtf,
  constraint: v.picklist(CONSTRAINTS),
  actor: line,
  phase: v.picklist(INCIDENT_PHASES),
  casualties: text,
  verification: v.picklist(VERIFICATIONS),
  source: recordId,
};

export const sourceFields = {
  kind: v.picklist(SOURCE_KINDS),
  /** Who says it, short: "Reuters". A source of the kind seen or told names the organisation. */
  publisher: line,
  organisation: recordId,
  title: text,
  url: text,
  publishedOn: edtf,
};

export const reportFields = {
  convoy: recordId,
  source: recordId,
  scope: v.picklist(REPORT_SCOPES),
  date: edtf,
  localities: recordIds,
  trucks: figure,
  people: figure,
  peopleKind: v.picklist(PEOPLE_KINDS),
  organisations: recordIds,
  modality: v.picklist(MODALITIES),
  items: lines,
  sectors,
  status: v.picklist(CONVOY_STATUSES),
  outcomeAsReported: line,
  claim: text,
};

export const claimFields = {
  convoy: recordId,
  kind: v.picklist(CLAIM_KINDS),
  localities: recordIds,
  /** As given in the file: `org=WFP; sector=FSC`, `joint`, `status=besieged`. */
  lens: line,
  since: edtf,
  sinceIs: v.picklist(SINCE_KINDS),
  text,
  source: recordId,
};

export const organisationFields = {
  name: line,
  acronym: line,
  type: v.picklist(ORGANISATION_TYPES),
};

export const milestoneFields = {
  date: edtf,
  labels: names,
};
