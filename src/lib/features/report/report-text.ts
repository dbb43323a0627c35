import type { LensResults } from '#lib/client/state/lens-results.svelte.ts';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { Reader } from '#lib/statements/render.ts';
import { type SitrepNames, sitrepSections, sitrepTitle } from '#lib/statements/sitrep.ts';
import { renderSitrep, type SitrepText } from '#lib/statements/sitrep-text.ts';
import { isCoordinating } from '../shell/sections.ts';

/** What the report's sentences name, and whether its reader may know of plans. */
export interface ReportRecords {
  readonly dataset: OpenOperation['records']['dataset'];
  readonly convoys: OpenOperation['access']['accessRecords']['convoys'];
  readonly mayReadPlans: boolean;
  /** Devices not heard from: what they hold is missing here. */
  readonly silent?: SitrepNames['silent'];
}

/** The records of the open operation, as far as the person who opened it may read them. */
export const reportRecords = (
  { access, records, identity }: OpenOperation,
  silent: ReportRecords['silent'],
): ReportRecords => ({
  dataset: records.dataset,
  convoys: access.accessRecords.convoys,
  mayReadPlans: isCoordinating(identity.role),
  silent,
});

/**
 * The situation report in the reader's language. Requests are plans: who may not read them is not
 * told that there were none.
 */
export function reportText(
  { dataset, convoys, mayReadPlans, silent }: ReportRecords,
  sitrep: LensResults['sitrep'],
  reader: Reader,
): SitrepText {
  const names: SitrepNames = {
    sourceName: (id) => {
      const source = dataset.source.get(id);
      return source?.publisher ?? source?.title ?? '';
    },
    convoy: (id) => dataset.convoy.get(id),
    derivedConvoy: (id) => convoys.get(id),
    silent,
  };
  const sections = sitrepSections(sitrep, names).filter(
    ({ id, blocks }) => blocks.length > 0 && (id !== 'requests' || mayReadPlans),
  );
  return renderSitrep(sitrepTitle(sitrep), sections, reader);
}

/** Only what it is, and to which day: a file's name says nothing of what is in it. */
export const reportFileName = (asOf: string, extension: 'txt' | 'html'): string =>
  `crossline-report-${asOf}.${extension}`;
