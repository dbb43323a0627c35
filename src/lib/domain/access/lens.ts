import { nameKey } from '../names/name-key.ts';
import type { Organisation } from '../records/dataset.ts';
import { MODALITIES, ORGANISATION_TYPES } from '../records/vocabularies.ts';
import { err, ok, type Result } from '../result.ts';
import type { DerivedStop } from './from-reports.ts';

/** Which deliveries are looked at; all of its conditions have to hold. No condition: any delivery. */
export interface Lens {
  readonly sector?: string;
  readonly modality?: string;
  readonly orgType?: string;
  /** An organisation's acronym, name or id. */
  readonly org?: string;
  /** Two or more types of organisation together. */
  readonly joint?: true;
}

export interface LensError {
  readonly type: 'unknown_lens' | 'unknown_modality' | 'unknown_organisation_type' | 'empty_value';
  readonly text: string;
}

/** What a delivery is under a lens. Unknown is never read as no. */
export type LensMatch = 'yes' | 'no' | 'unknown';

export type LensTest = (stop: DerivedStop, locality: string) => LensMatch;

export const ANY_DELIVERY: Lens = {};

export const isAnyDelivery = (lens: Lens): boolean => Object.keys(lens).length === 0;

const KEYS = { sector: 'sector', modality: 'modality', 'org-type': 'orgType', org: 'org' } as const;

function readCondition(part: string): Result<Lens, LensError> {
  if (part === 'joint') return ok({ joint: true });
  const equals = part.indexOf('=');
  const key = part.slice(0, equals).trim();
  const value = part.slice(equals + 1).trim();
  if (equals < 0 || !Object.hasOwn(KEYS, key)) return err({ type: 'unknown_lens', text: part });
  if (value === '') return err({ type: 'empty_value', text: part });
  if (key === 'modality' && !(MODALITIES as readonly string[]).includes(value)) {
    return err({ type: 'unknown_modality', text: value });
  }
  if (key === 'org-type' && !(ORGANISATION_TYPES as readonly string[]).includes(value)) {
    return err({ type: 'unknown_organisation_type', text: value });
  }
  return ok({ [KEYS[key as keyof typeof KEYS]]: value });
}

/** Reads `sector=FSC`, `org=WFP; sector=FSC`, `joint`; an empty text is any delivery. */
export function parseLens(text: string): Result<Lens, LensError> {
  let lens: Lens = ANY_DELIVERY;
  for (const part of text.split(';').map((value) => value.trim())) {
    if (part === '') continue;
    const condition = readCondition(part);
    if (!condition.ok) return condition;
    lens = { ...lens, ...condition.value };
  }
  return ok(lens);
}

/** The text that `parseLens` reads back; of any delivery, the empty one. */
export function lensToText({ org, orgType, sector, modality, joint }: Lens): string {
  return [
    org === undefined ? '' : `org=${org}`,
    orgType === undefined ? '' : `org-type=${orgType}`,
    sector === undefined ? '' : `sector=${sector}`,
    modality === undefined ? '' : `modality=${modality}`,
    joint ? 'joint' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** Sectors that came to one locality of a stop; null where that is not recorded. */
export function sectorsAt(stop: DerivedStop, locality: string): readonly string[] | null {
  const here = (stop.sectors ?? []).filter(
    (entry) => entry.locality === null || entry.locality === locality,
  );
  return here.length === 0 ? null : here.map((entry) => entry.sector);
}

const among = (values: readonly string[] | null, wanted: string): LensMatch =>
  values === null ? 'unknown' : values.includes(wanted) ? 'yes' : 'no';

/** All that an answer under a lens depends on, beside the stops (see `Remembered`). */
export const inputsOfLens = (
  lens: Lens,
  organisations: ReadonlyMap<string, Organisation>,
): readonly unknown[] => {
  const isOfOrganisations = lens.org !== undefined || lens.orgType !== undefined || lens.joint;
  return [lensToText(lens), isOfOrganisations ? organisations : null];
};

/** A lens as a test of stops, with the organisations that it needs to know. */
export function lensTest(lens: Lens, organisations: ReadonlyMap<string, Organisation>): LensTest {
  const conditions: LensTest[] = [];
  const { sector, modality, org, orgType, joint } = lens;
  if (sector !== undefined) {
    conditions.push((stop, locality) => among(sectorsAt(stop, locality), sector));
  }
  if (modality !== undefined) conditions.push((stop) => among(stop.modalities, modality));
  if (org !== undefined) {
    const key = nameKey(org);
    const ids = new Set([org]);
    for (const { id, name, acronym } of organisations.values()) {
      if (nameKey(name) === key || nameKey(acronym ?? '') === key) ids.add(id);
    }
    conditions.push(({ organisations: members }) =>
      members === null ? 'unknown' : members.some((id) => ids.has(id)) ? 'yes' : 'no',
    );
  }
  const typesOf = (members: readonly string[]): (string | undefined)[] => [
    ...new Set(members.map((id) => organisations.get(id)?.type)),
  ];
  if (orgType !== undefined) {
    conditions.push(({ organisations: members }) => {
      if (members === null) return 'unknown';
      const types = typesOf(members);
      return types.includes(orgType as never)
        ? 'yes'
        : types.includes(undefined)
          ? 'unknown'
          : 'no';
    });
  }
  if (joint) {
    conditions.push(({ organisations: members }) => {
      if (members === null) return 'unknown';
      const types = typesOf(members);
      const known = types.filter((type) => type !== undefined).length;
      return known >= 2 ? 'yes' : types.length > known && members.length >= 2 ? 'unknown' : 'no';
    });
  }
  return (stop, locality) => {
    let match: LensMatch = 'yes';
    for (const condition of conditions) {
      const answer = condition(stop, locality);
      if (answer === 'no') return 'no';
      if (answer === 'unknown') match = 'unknown';
    }
    return match;
  };
}
