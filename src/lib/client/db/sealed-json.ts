import { openRow, sealRow } from '#lib/crypto/seal.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/** Schema of what is sealed on the device; bound to every row. */
export const SEALED_SCHEMA = 1;

export interface RowDamaged {
  readonly type: 'row_damaged';
  readonly row: string;
}

/** A value as JSON, sealed to its row. */
export function sealJson(key: CryptoKey, row: string, value: unknown): Promise<Uint8Array> {
  return sealRow(key, row, SEALED_SCHEMA, toUtf8(JSON.stringify(value)));
}

/** What was sealed to this row; the caller knows its shape, the seal proves that we wrote it. */
export async function openJson<T>(
  key: CryptoKey,
  row: string,
  sealed: Uint8Array,
): Promise<Result<T, RowDamaged>> {
  const opened = await openRow(key, row, SEALED_SCHEMA, sealed);
  if (!opened.ok) return err({ type: 'row_damaged', row });
  return ok(JSON.parse(new TextDecoder().decode(opened.value)) as T);
}
