import type { Json } from './change.ts';
import { fieldValue, type RecordState } from './fold.ts';
import { everWritten, isBroughtByImport, type SaidLog } from './said-by-imports.ts';

interface Merged {
  readonly value: Json;
  /** Whether it takes the place of an entry that no file brought. */
  readonly loses: boolean;
}

/**
 * A value that files and people build together: to a list of aliases a file adds what is new to it,
 * and takes nothing away; of the names by language it gives single ones. What stood there at any
 * time is no news: somebody took it away. Undefined: the field is of one piece.
 */
export function mergedWith(
  state: RecordState,
  field: string,
  value: Json,
  log: SaidLog,
): Merged | 'no_news' | undefined {
  if (field === 'aliases') return withAliases(state, value, log);
  if (field === 'names') return withNames(state, value, log);
  return undefined;
}

function withAliases(state: RecordState, value: Json, log: SaidLog): Merged | 'no_news' {
  const now = listOf(fieldValue(state, 'aliases'));
  const known = new Set<Json | undefined>([
    ...now,
    ...everWritten('aliases', log).flatMap(listOf),
    // What the record was called is no further alias where a person called it otherwise.
    ...everWritten('name', log),
    ...everWritten('names', log).flatMap((one) => Object.values(entriesOf(one))),
  ]);
  const added = listOf(value).filter((one) => !known.has(one));
  return added.length === 0 ? 'no_news' : { value: [...now, ...added], loses: false };
}

function withNames(state: RecordState, value: Json, log: SaidLog): Merged | 'no_news' {
  const now = entriesOf(fieldValue(state, 'names'));
  const before = everWritten('names', log).map(entriesOf);
  const news = Object.entries(entriesOf(value)).filter(
    ([language, name]) => !before.some((entries) => entries[language] === name),
  );
  if (news.length === 0) return 'no_news';
  const loses = news.some(([language]) => {
    const own = now[language];
    const has = (one: Json): boolean => entriesOf(one)[language] === own;
    return own !== undefined && !isBroughtByImport('names', has, log);
  });
  return { value: { ...now, ...Object.fromEntries(news) }, loses };
}

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as Json[]) : [];

const entriesOf = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
