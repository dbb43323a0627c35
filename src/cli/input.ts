import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { collectBytes } from '#lib/exchange/csv/collect-bytes.ts';
import { FILE_KINDS, type FileKind } from '#lib/exchange/columns.ts';
import type { InputFile, ReadOptions } from '#lib/exchange/read-files.ts';
import type { DateOrder } from '#lib/exchange/values/dates.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { fileErrorText } from './problem-text.ts';

/** Files from disk, one after the other; each stops being read where it goes too far. */
export async function readInput(
  paths: readonly string[],
): Promise<Result<readonly InputFile[], readonly string[]>> {
  const files: InputFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const name = basename(path);
    try {
      const read = await collectBytes(name, createReadStream(path));
      if (read.ok) files.push({ name, content: read.value });
      else problems.push(fileErrorText(read.error));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      problems.push(`error: ${path}: cannot be read (${code})`);
    }
  }
  return problems.length > 0 ? err(problems) : ok(files);
}

interface FileArguments {
  readonly kind?: string | undefined;
  readonly map?: readonly string[] | undefined;
  readonly 'date-order'?: string | undefined;
}

/** `--kind`, `--map COLUMN=FIELD` and `--date-order` as the readers want them. */
export function fileOptions(
  values: FileArguments,
): Result<Pick<ReadOptions, 'kind' | 'map' | 'dateOrder'>, string> {
  const { kind, map = [], 'date-order': order } = values;
  if (kind !== undefined && !isFileKind(kind)) return err(`unknown --kind ${kind}`);
  if (order !== undefined && !isDateOrder(order)) return err(`unknown --date-order ${order}`);
  const fields = new Map<string, string>();
  for (const pair of map) {
    const at = pair.lastIndexOf('=');
    if (at <= 0 || at === pair.length - 1) return err(`--map needs COLUMN=FIELD, not ${pair}`);
    fields.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return ok({
    ...(kind === undefined ? {} : { kind }),
    ...(fields.size === 0 ? {} : { map: fields }),
    ...(order === undefined ? {} : { dateOrder: order }),
  });
}

const isFileKind = (text: string): text is FileKind => FILE_KINDS.some((kind) => kind === text);
const isDateOrder = (text: string): text is DateOrder => text === 'dmy' || text === 'mdy';
