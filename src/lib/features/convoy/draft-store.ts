import type { ConvoyDraft } from './convoy-draft.ts';

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

/** Whether a kept draft is of this form, as this version of it writes one. */
export function isConvoyDraft(content: Readonly<Record<string, unknown>>): boolean {
  return (
    TEXTS.every((field) => typeof content[field] === 'string') &&
    LISTS.every((field) => Array.isArray(content[field]))
  );
}

/** A kept draft to write on; null where it is none of this form. */
export function draftOf(
  content: Readonly<Record<string, unknown>> | undefined,
): ConvoyDraft | null {
  return content && isConvoyDraft(content)
    ? (structuredClone(content) as unknown as ConvoyDraft)
    : null;
}
