import { convoysLike } from '#lib/client/state/convoy-details.ts';
import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { ConvoyDraft } from './convoy-draft.ts';
import { readFigures } from './draft-edits.ts';

type Convoy = ReturnType<typeof convoysLike>[number];

/**
 * Convoys on record, planned ones among them, that a half-typed one looks like (indicator 12): the
 * likest stand first by their date. Nothing is offered before a place and a date are there.
 */
export function knownConvoys(
  { access }: Pick<OpenOperation, 'access'>,
  draft: ConvoyDraft,
): readonly Convoy[] {
  const figures = readFigures(draft);
  const { trucks, people } = figures.ok ? figures.value : { trucks: null, people: null };
  const localities = draft.places.filter(({ isNew }) => !isNew).map(({ id }) => id);
  const typed = {
    localities,
    date: draft.date,
    ...(trucks ? { trucks } : {}),
    ...(people ? { people, peopleKind: draft.peopleKind } : {}),
  };
  return convoysLike(access.accessRecords, typed, access.asOf);
}
