import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import type { ClaimNames } from '#lib/statements/claims.ts';
import type { SitrepNames } from '#lib/statements/sitrep.ts';

/** What sentences need to know of the records that results name by their ids. */
export function recordNames({ dataset, convoys }: AccessRecords): ClaimNames & SitrepNames {
  const dates = new Map<string, string | null>();
  for (const { stops } of convoys.values()) {
    for (const { id, date } of stops) dates.set(id, date?.edtf ?? null);
  }
  return {
    sourceName: (id) => {
      const source = dataset.source.get(id);
      return source?.publisher ?? source?.title ?? id;
    },
    dateOfStop: (id) => dates.get(id) ?? null,
    convoy: (id) => dataset.convoy.get(id),
    derivedConvoy: (id) => convoys.get(id),
  };
}
