import { REFERENCE_FIELDS } from '#lib/domain/records/registry.ts';
import { MERGED_INTO, type Json } from './change.ts';

/**
 * The records that a value of this field names: what it hangs on, what it was merged into, whom and
 * where it tells of (`sectors` name places as `CODE@locality id`).
 */
export function namedIn(field: string, value: Json): string[] {
  const isSectors = field === 'sectors';
  if (!isSectors && field !== MERGED_INTO && !REFERENCE_FIELDS.has(field)) return [];
  const all = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return all.flatMap((one) => {
    if (typeof one !== 'string' || one === '') return [];
    if (!isSectors) return [one];
    const at = one.indexOf('@');
    return at < 0 ? [] : [one.slice(at + 1).trim()];
  });
}
