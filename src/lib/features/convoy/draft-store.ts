import type { ConvoyDraft } from './convoy-draft.ts';

/** What a half-typed correction of a report is kept as (report-correction.ts). */
export const CORRECTION = 'correctReport';

const TEXTS = [
  'convoy',
  'report',
  'source',
  'movement',
  'trucks',
  'people',
  'date',
  'items',
  'notes',
];
const LISTS = ['places', 'organisations', 'sectors'];

/** Whether what was kept is of this form, as this version of it writes one. */
function isConvoyDraft(content: Readonly<Record<string, unknown>>): boolean {
  return (
    TEXTS.every((field) => typeof content[field] === 'string') &&
    LISTS.every((field) => Array.isArray(content[field]))
  );
}

/** A kept draft to write on; null where it is none of this form. */
export function draftOf(content: unknown): ConvoyDraft | null {
  return content && isConvoyDraft(content as Readonly<Record<string, unknown>>)
    ? (structuredClone(content) as ConvoyDraft)
    : null;
}
