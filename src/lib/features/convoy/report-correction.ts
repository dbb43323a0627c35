import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import { localityName } from '../place/locality-name.ts';
import type { ConvoyDraft } from './convoy-draft.ts';
import { newRecords, readFigures, type ReadFigures, reportValues } from './draft-edits.ts';

/** How a report is corrected in the form that logs one. */
export interface Correction {
  readonly draftOf: typeof draftOfReport;
  readonly editsOf: typeof editsOfCorrection;
}

/** A report as the form shows it, to be corrected; undefined where there is none. */
export function draftOfReport(
  operation: OpenOperation,
  words: Words,
  id: string,
): ConvoyDraft | undefined {
  const { dataset, newId } = operation.records;
  const report = dataset.report.get(id);
  if (!report) return undefined;
  const choices = (
    ids: readonly string[] | undefined,
    nameOf: (id: string) => string | undefined,
  ) => (ids ?? []).map((each) => ({ id: each, name: nameOf(each) ?? each, isNew: false }));
  const movement = [...dataset.movement.values()].find((each) => each.convoy === report.convoy);
  const figure = report.people;
  const written = (number: typeof figure): string => {
    if (!number) return '';
    if (number.q === '..') return `${number.n}-${number.m ?? number.n}`;
    return `${number.q === '>' || number.q === '<' ? number.q : ''}${number.n}`;
  };
  const source = dataset.source.get(report.source);
  return {
    convoy: report.convoy,
    report: report.id,
    source: report.source,
    movement: movement?.id ?? newId(),
    places: choices(report.localities, (each) => {
      const locality = dataset.locality.get(each);
      return locality && localityName(locality, words.locale).main.text;
    }),
    trucks: report.trucks?.q === '~' ? `~${report.trucks.n}` : written(report.trucks),
    people: written(figure),
    peopleUnit: figure?.unit === 'families' ? 'families' : 'people',
    isAbout: figure?.q === '~',
    peopleKind: report.peopleKind ?? 'intended',
    date: report.date ?? '',
    status: report.status ?? null,
    onTheRoad: movement?.onTheRoad ?? null,
    organisations: choices(report.organisations, (each) => {
      const organisation = dataset.organisation.get(each);
      return organisation && (organisation.acronym ?? organisation.name);
    }),
    sectors: [...(report.sectors ?? [])],
    items: (report.items ?? []).join('\n'),
    modality: report.modality ?? null,
    sourceKind: source?.kind === 'seen' || source?.kind === 'told' ? source.kind : null,
    notes: dataset.convoy.get(report.convoy)?.notes ?? '',
  };
}

/** What correcting a report writes: the fields that differ from how the form was opened, no more. */
export function editsOfCorrection(
  before: ConvoyDraft,
  draft: ConvoyDraft,
  figures: ReadFigures,
): RecordEdit[] {
  const was = readFigures(before);
  const old = reportValues(before, was.ok ? was.value : { trucks: null, people: null });
  const changed = Object.fromEntries(
    Object.entries(reportValues(draft, figures)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
    ),
  );
  const edits = newRecords(draft);
  if (Object.keys(changed).length > 0) {
    edits.push({ kind: 'report', id: draft.report, values: changed });
  }
  if (draft.sourceKind !== before.sourceKind && draft.sourceKind !== null) {
    edits.push({ kind: 'source', id: draft.source, values: { kind: draft.sourceKind } });
  }
  if (draft.notes.trim() !== before.notes.trim()) {
    edits.push({ kind: 'convoy', id: draft.convoy, values: { notes: draft.notes.trim() || null } });
  }
  if (draft.onTheRoad !== before.onTheRoad && draft.onTheRoad !== null) {
    const values = { convoy: draft.convoy, onTheRoad: draft.onTheRoad };
    edits.push({ kind: 'movement', id: draft.movement, values });
  }
  return edits;
}
