import type { Access } from './access.svelte.ts';

/** The date of a stop (EDTF), its convoy's where it has none of its own; null: none is known. */
export function dateOfStop({ accessRecords }: Access, id: string): string | null {
  for (const { stops, date } of accessRecords.convoys.values()) {
    const stop = stops.find((one) => one.id === id);
    if (stop) return stop.date?.edtf ?? date?.edtf ?? null;
  }
  return null;
}
