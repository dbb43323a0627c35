import {
  ACCESS_STATUSES,
  CONSTRAINTS,
  INCIDENT_PHASES,
  ITEM_STAGES,
  POPULATION_KINDS,
  SECTORS,
  TIERS,
  VERIFICATIONS,
} from '#lib/domain/records/vocabularies.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import type { EntryField } from './entry.ts';

/** The forms of single records: what each asks for, in the order in which it is known. */

function choice(words: Words, key: string, prefix: string, values: readonly string[]): EntryField {
  const options = values.map((value) => ({
    value,
    label: words.t(`${prefix}.${value}` as MessageKey),
  }));
  return { key, kind: 'choice', options };
}

export const statusFields = (words: Words, classifiers: readonly string[]): EntryField[] => [
  { ...choice(words, 'status', 'status', ACCESS_STATUSES), isRequired: true },
  { key: 'classifier', kind: 'line', offers: classifiers, isRequired: true },
  { key: 'from', kind: 'date', isRequired: true },
  { key: 'until', kind: 'date' },
  choice(words, 'tier', 'tier', TIERS),
  { key: 'besiegingParty', kind: 'line' },
];

export const populationFields = (words: Words, series: readonly string[]): EntryField[] => [
  { key: 'localities', kind: 'places', isRequired: true },
  { key: 'people', kind: 'people', isRequired: true },
  { key: 'series', kind: 'line', offers: series, isRequired: true },
  { key: 'asOf', kind: 'date', isRequired: true },
  choice(words, 'kind', 'populationKind', POPULATION_KINDS),
];

export const incidentFields = (words: Words): EntryField[] => [
  { key: 'localities', kind: 'places', isRequired: true },
  { key: 'date', kind: 'date', isRequired: true },
  choice(words, 'constraint', 'constraint', CONSTRAINTS),
  { key: 'actor', kind: 'line' },
  choice(words, 'phase', 'incidentPhase', INCIDENT_PHASES),
  choice(words, 'verification', 'verification', VERIFICATIONS),
  { key: 'casualties', kind: 'text' },
];

/** A day that divides every chart, by a name that fits beside a line. */
export const MILESTONE_FIELDS: readonly EntryField[] = [
  { key: 'date', kind: 'date', isRequired: true },
  { key: 'labels', kind: 'names', label: 'milestones.name', isRequired: true },
];

export const itemFields = (words: Words): EntryField[] => [
  { key: 'item', kind: 'line', isRequired: true },
  choice(words, 'stage', 'itemStage', ITEM_STAGES),
  { key: 'quantity', kind: 'figure' },
  { key: 'unit', kind: 'line' },
  choice(words, 'sector', 'sector', SECTORS),
  { key: 'localities', kind: 'places' },
  { key: 'removedWhere', kind: 'line' },
  { key: 'removedBy', kind: 'line' },
];
