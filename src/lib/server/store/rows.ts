/** Rows in one statement: with the widest table this stays far under every engine's limit of values. */
const ROWS = 400;

/** Cuts a list into pieces that one SQL statement can take. */
export function inPieces<T>(items: readonly T[], size = ROWS): T[][] {
  const pieces: T[][] = [];
  for (let i = 0; i < items.length; i += size) pieces.push(items.slice(i, i + size));
  return pieces;
}

/** Runs a query for every piece of a list and joins the rows. No list, no query. */
export async function rowsFor<T, R>(
  items: Iterable<T>,
  query: (piece: T[]) => Promise<R[]>,
): Promise<R[]> {
  const rows: R[] = [];
  for (const piece of inPieces([...new Set(items)])) rows.push(...(await query(piece)));
  return rows;
}
