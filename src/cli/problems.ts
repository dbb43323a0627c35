import type { FilesRead } from '#lib/exchange/read-files.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { rowErrorText, warningText } from './problem-text.ts';

/** An outcome with what was wrong in the files: rows with errors make it one of exit code 1. */
export function withProblems(outcome: Outcome, { errors, warnings }: FilesRead): Outcome {
  return {
    ...outcome,
    code: errors.length > 0 ? EXIT.rowErrors : outcome.code,
    notes: [...outcome.notes, ...warnings.map(warningText), ...errors.map(rowErrorText)],
  };
}
