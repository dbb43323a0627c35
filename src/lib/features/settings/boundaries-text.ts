import type {
  ImportBoundariesError,
  ImportedBoundaries,
} from '#lib/client/state/import-boundaries.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Words } from '#lib/ui/words.svelte.ts';

/** What became of a file of boundaries, a sentence each: what is drawn, or why nothing changed. */
export function importText(
  imported: Result<ImportedBoundaries, ImportBoundariesError>,
  words: Words,
): readonly string[] {
  if (!imported.ok) return [problemText(imported.error, words), words.t('boundaries.unchanged')];
  const { areas, leftOut, pointsInFile, points, simplifiedBy } = imported.value;
  return [
    words.t('boundaries.imported', { areas }),
    simplifiedBy > 0
      ? words.t('boundaries.simplified', {
          before: pointsInFile,
          after: points,
          metres: simplifiedBy,
        })
      : words.t('boundaries.asTheyAre'),
    ...(leftOut > 0 ? [words.t('boundaries.leftOut', { count: leftOut })] : []),
  ];
}

function problemText(problem: ImportBoundariesError, words: Words): string {
  switch (problem.type) {
    case 'other_crs':
      return words.t('boundaries.problem.other_crs', { name: problem.name });
    case 'too_long':
      return words.t('boundaries.problem.too_long', { most: problem.most / 1_000_000 });
    case 'too_many_points':
      return words.t('boundaries.problem.too_many_points', {
        points: problem.points,
        most: problem.most,
      });
    default:
      return words.t(`boundaries.problem.${problem.type}`);
  }
}
