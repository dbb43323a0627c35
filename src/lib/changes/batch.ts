/**
 * What is larger than a group is a batch: many groups with one id, an import or the undoing of one
 * (docs/sync.md). Undoing makes changes like any other; what took back what is in the ids alone, so
 * every side finds it out from the log.
 */

const UNDO = 'undo-';
const REDO = 'redo-';

/** The batch that takes this one back: of an undoing it is what brings the first one again. */
export function undoingOf(batch: string): string {
  if (batch.startsWith(UNDO)) return REDO + batch.slice(UNDO.length);
  if (batch.startsWith(REDO)) return UNDO + batch.slice(REDO.length);
  return UNDO + batch;
}
/** Whether a batch only puts back what stood before, and brings nothing from a file. */
export const isUndoing = (batch: string): boolean =>
  batch.startsWith(UNDO) || batch.startsWith(REDO);
