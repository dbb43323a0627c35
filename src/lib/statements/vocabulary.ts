import type { MessageKey } from '#lib/i18n/messages.ts';
import {
  ACCESS_STATUSES,
  CONSTRAINTS,
  CONVOY_STATUSES,
  MODALITIES,
  ORGANISATION_TYPES,
  REQUEST_OUTCOMES,
  SECTORS,
  VERIFICATIONS,
} from '#lib/domain/records/vocabularies.ts';
import { type Part, sentence } from './sentence.ts';

const LISTS = {
  status: ACCESS_STATUSES,
  outcome: CONVOY_STATUSES,
  modality: MODALITIES,
  orgType: ORGANISATION_TYPES,
  sector: SECTORS,
  constraint: CONSTRAINTS,
  requestOutcome: REQUEST_OUTCOMES,
  verification: VERIFICATIONS,
} as const;

/** A word of the field in the reader's language; one that a newer schema brought is shown as its code. */
export function vocabularyWord(list: keyof typeof LISTS, value: string): Part {
  const words: readonly string[] = LISTS[list];
  return words.includes(value) ? sentence(`${list}.${value}` as MessageKey) : value;
}
