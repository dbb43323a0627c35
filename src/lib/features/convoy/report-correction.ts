import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import type { Words } from '#lib/ui/words.svelte.ts';
import { keptEntry } from '../form/entry-drafts.ts';
import { headsSeen, type HeadsSeen, keptHeads, overSeen } from '../form/heads-seen.ts';
import { localityName } from '../place/locality-name.ts';
import type { ConvoyDraft } from './convoy-draft.ts';
import { newRecords, readFigures, type ReadFigures, reportValues } from './draft-edits.ts';
import { CORRECTION, draftOf } from './draft-store.ts';

/** How a report is corrected in the form that logs one. */
export interface Correction {
  readonly open: typeof openCorrection;
  readonly keep: typeof keepCorrection;
  readonly editsOf: typeof editsOfOpened;
}

export interface OpenedCorrection {
  readonly keptAs: string;
  /** How the report stood when it was begun: the correction goes on from that. */
  readonly opened: ConvoyDraft;
  readonly draft: ConvoyDraft;
  /** What stood in the report, and in what is corrected with it, then. */
  readonly seen: HeadsSeen;
}

/** A report to correct, with what was half typed about it before; undefined where there is none. */
export function openCorrection(
  operation: OpenOperation,
  words: Words,
  report: string,
): OpenedCorrection | undefined {
  const now = draftOfReport(operation, words, report);
  if (!now) return undefined;
  const kept = keptEntry(operation.drafts.list, CORRECTION, report);
  const opened = draftOf(kept?.content['opened']);
  const draft = draftOf(kept?.content['draft']);
  // Saved, and the device died or locked before its draft was gone: it is not half typed any more.
  const isHalfTyped = opened && draft && !isSaid(draft, now);
  const { report: id, source, convoy, movement } = now;
  const seen = isHalfTyped ? keptHeads(kept?.content['seen']) : null;
  return {
    keptAs: kept?.id ?? operation.drafts.newId(),
    ...(isHalfTyped ? { opened, draft } : { opened: now, draft: now }),
    seen: seen ?? headsSeen(operation, [id, source, convoy, movement]),
  };
}

/** What saving the correction writes, over what its author saw. */
export const editsOfOpened = (
  { opened, seen }: OpenedCorrection,
  draft: ConvoyDraft,
  figures: ReadFigures,
): RecordEdit[] => overSeen(editsOfCorrection(opened, draft, figures), seen);

function isSaid(draft: ConvoyDraft, now: ConvoyDraft): boolean {
  const figures = readFigures(draft);
  return figures.ok && editsOfCorrection(now, draft, figures.value).length === 0;
}

/** Keeps what is half typed; as it was opened, there is nothing to keep. Whether there is. */
export function keepCorrection(
  { drafts }: OpenOperation,
  { keptAs, opened, seen }: OpenedCorrection,
  draft: ConvoyDraft,
): boolean {
  const isTouched = JSON.stringify(draft) !== JSON.stringify(opened);
  if (isTouched)
    drafts.keep(keptAs, { form: CORRECTION, about: opened.report, opened, draft, seen });
  else void drafts.remove(keptAs);
  return isTouched;
}

/** A report as the form shows it; undefined where there is none. */
function draftOfReport(
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
