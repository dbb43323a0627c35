import type { MessageKey } from '#lib/i18n/messages.ts';
import { isAnyDelivery, type Lens } from '#lib/domain/access/lens.ts';
import { MODALITIES, ORGANISATION_TYPES, SECTORS } from '#lib/domain/records/vocabularies.ts';
import { type Part, sentence, type Sentence } from './sentence.ts';

/** "WFP food " as it stands before or after the word delivery in a language; null: any delivery. */
export function lensPhrase(lens: Lens | null | undefined): Sentence | null {
  if (!lens || isAnyDelivery(lens)) return null;
  const { sector, modality, orgType, org, joint } = lens;
  return sentence('lens.phrase', {
    joint: joint ? sentence('lens.joint') : '',
    organisation: org
      ? sentence('lens.organisation', {
          name: { kind: 'organisations', ids: [org], order: 'given' },
        })
      : '',
    organisationType: known('lens.orgType', ORGANISATION_TYPES, orgType),
    modality: known('lens.modality', MODALITIES, modality),
    sector: sector ? sectorPhrase(sector) : '',
  });
}

function sectorPhrase(code: string): Sentence {
  const listed = SECTORS.find((sector) => sector === code);
  return listed ? sentence(`lens.sector.${listed}`) : sentence('lens.sector.unknown', { code });
}

function known(
  prefix: 'lens.orgType' | 'lens.modality',
  list: readonly string[],
  value: string | undefined,
): Part {
  if (!value) return '';
  // A word of a newer schema is said by its code rather than not at all.
  return list.includes(value)
    ? sentence(`${prefix}.${value}` as MessageKey)
    : sentence('lens.sector.unknown', { code: value });
}
