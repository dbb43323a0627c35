import {
  type BoundariesProblem,
  LONGEST_BOUNDARIES,
  readBoundaries,
} from '#lib/exchange/boundaries/read-boundaries.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { StoredBoundaries } from '../db/boundaries.ts';
import type { StorageError } from '../db/storage-error.ts';
import type { OwnBoundaries } from './own-boundaries.svelte.ts';

/** What became of a file: how many of its features and points are drawn. */
export interface ImportedBoundaries {
  readonly areas: number;
  readonly leftOut: number;
  readonly pointsInFile: number;
  readonly points: number;
  readonly simplifiedBy: number;
}

export type ImportBoundariesError =
  BoundariesProblem | StorageError | { readonly type: 'unreadable' };

export interface BoundariesFile {
  readonly file: File;
  /** Who made them, as typed. */
  readonly source: string;
  /** ISO day. */
  readonly today: string;
}

/** Reads a GeoJSON file and keeps its borders in the place of those before; else nothing changes. */
export async function importBoundaries(
  own: OwnBoundaries,
  { file, source, today }: BoundariesFile,
): Promise<Result<ImportedBoundaries, ImportBoundariesError>> {
  // more bytes than this are more characters too, in any script
  if (file.size > 3 * LONGEST_BOUNDARIES)
    return err({ type: 'too_long', most: LONGEST_BOUNDARIES });
  let text: string;
  try {
    text = await file.text();
  } catch {
    return err({ type: 'unreadable' });
  }
  const read = readBoundaries(text);
  if (!read.ok) return read;
  const { lines, ...counts } = read.value;
  const { areas, points } = counts;
  const kept: StoredBoundaries = {
    lines,
    areas,
    points,
    file: file.name,
    source: source.trim(),
    importedOn: today,
  };
  const saved = await own.keep(kept);
  return saved.ok ? ok(counts) : saved;
}
