import type { AccessRecords } from '#lib/domain/access/access-records.ts';
import { type ClaimCheck, computeClaims } from '#lib/domain/access/claims.ts';
import { computeDuplicates } from '#lib/domain/access/duplicates.ts';
import { deriveConvoy, type DerivedConvoy } from '#lib/domain/access/from-reports.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import type { Dataset, Incident, ItemLine, Report } from '#lib/domain/records/dataset.ts';

/** What is on record of one convoy besides its stops and reports. */
export interface ConvoyDetails {
  /** Its claims, held against the records (indicator 11). */
  readonly claims: readonly ClaimCheck[];
  /** Convoys that may be this one (indicator 12). */
  readonly likely: readonly DerivedConvoy[];
  /** What it carried, as loaded, removed and delivered. */
  readonly items: readonly ItemLine[];
  readonly incidents: readonly Incident[];
}

export interface DetailOptions {
  readonly asOf: Day;
  readonly classifier: string;
}

/** Convoys whose dates are within a few days of this one's: only these can be the same. */
function near(
  convoys: AccessRecords['convoys'],
  { id, date }: DerivedConvoy,
): Map<string, DerivedConvoy> {
  if (!date) return new Map();
  const isNear = (other: DerivedConvoy): boolean =>
    other.id === id ||
    (other.date !== null &&
      other.date.earliest <= date.latest + 2 &&
      other.date.latest >= date.earliest - 2);
  return new Map([...convoys].filter(([, other]) => isNear(other)));
}

function likeThis(
  { convoys, dataset }: Pick<AccessRecords, 'convoys' | 'dataset'>,
  convoy: DerivedConvoy,
  asOf: Day,
): readonly DerivedConvoy[] {
  const among = new Map([...near(convoys, convoy), [convoy.id, convoy]]);
  return computeDuplicates({ convoys: among, dataset }, asOf).flatMap(
    ({ convoys: [one, other] }) => {
      const like = one === convoy.id ? other : other === convoy.id ? one : null;
      return like === null ? [] : (among.get(like) ?? []);
    },
  );
}

const ofConvoy = ({ itemLine }: Dataset, { id, stops }: DerivedConvoy): ItemLine[] => {
  const parts = new Set([id, ...stops.map((stop) => stop.id)]);
  return [...itemLine.values()].filter(
    ({ convoy, stop }) => parts.has(convoy ?? '') || parts.has(stop ?? ''),
  );
};

/** Everything about a convoy that its page shows below its reports; undefined: there is none. */
export function convoyDetails(
  access: AccessRecords,
  id: string,
  { asOf, classifier }: DetailOptions,
): ConvoyDetails | undefined {
  const convoy = access.convoys.get(id);
  if (!convoy) return undefined;
  const { dataset } = access;
  const claim = new Map([...dataset.claim].filter(([, one]) => one.convoy === id));
  return {
    claims: computeClaims({ ...access, dataset: { ...dataset, claim } }, { asOf, classifier }),
    likely: likeThis(access, convoy, asOf),
    items: ofConvoy(dataset, convoy),
    incidents: [...dataset.incident.values()].filter((incident) => incident.convoy === id),
  };
}

/** What a half-typed report says of its convoy, as far as it can be read. */
export type TypedReport = Pick<Report, 'date' | 'localities' | 'trucks' | 'people' | 'peopleKind'>;

/**
 * The convoys on record that a half-typed report may be of (indicator 12), planned ones among them:
 * "is it this one?"
 */
export function convoysLike(
  access: Pick<AccessRecords, 'convoys' | 'dataset'>,
  typed: TypedReport,
  asOf: Day,
): readonly DerivedConvoy[] {
  if ((typed.localities ?? []).length === 0 || typed.date === undefined) return [];
  const id = 'typed';
  const report: Report = { ...typed, id: 'typed report', convoy: id, source: 'typed source' };
  const convoy = deriveConvoy({ convoy: { id }, reports: [report], stops: [] });
  return likeThis(access, convoy, asOf);
}
