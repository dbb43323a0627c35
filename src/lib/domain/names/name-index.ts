import { looseForm } from './loose-form.ts';
import { nameKey, nameKeys } from './name-key.ts';
import { similarity } from './similarity.ts';

/** Something with names: its main name first, then names by language and aliases. */
export interface NamedEntry {
  readonly id: string;
  readonly names: readonly string[];
}

interface Spelling {
  readonly entry: NamedEntry;
  readonly text: string;
  readonly key: string;
  readonly bare: string;
  readonly skeleton: string;
}

/** All names of many things, made ready to be matched and searched. */
export interface NameIndex {
  readonly entriesByKey: ReadonlyMap<string, readonly NamedEntry[]>;
  readonly spellings: readonly Spelling[];
  /** Numbers of the spellings that hold a pair of signs, by that pair. */
  readonly spellingsByPair: ReadonlyMap<string, Uint32Array>;
}

export interface NameHit {
  readonly entry: NamedEntry;
  /** The spelling that matched best. */
  readonly name: string;
  /** 1 where it certainly is this one, less the looser the likeness. */
  readonly score: number;
}

export type LocalityMatch =
  | { readonly kind: 'certain'; readonly locality: NamedEntry }
  | { readonly kind: 'ambiguous'; readonly localities: readonly NamedEntry[] }
  | { readonly kind: 'near'; readonly candidates: readonly NameHit[] }
  | { readonly kind: 'none' };

/** Below this a likeness is no longer worth showing to anyone. */
const LEAST_SCORE = 0.45;
const LEAST_NEAR_SCORE = 0.6;
/** How many of the likeliest spellings are compared sign by sign. */
const COMPARED = 160;

/** The names of a locality, as the index wants them. */
export function localityNames(locality: {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly aliases?: readonly string[];
}): NamedEntry {
  const { id, name, names = {}, aliases = [] } = locality;
  return { id, names: [name, ...Object.values(names), ...aliases] };
}

function pairsOf({ key, bare, skeleton }: Omit<Spelling, 'entry' | 'text'>): Set<string> {
  const pairs = new Set<string>();
  // `^` marks the start, `*` a skeleton: consonants are compared with consonants only.
  for (const [mark, text] of [
    ['^', key],
    ['^', bare],
    ['*', skeleton],
  ] as const) {
    pairs.add(mark + text.slice(0, 1));
    const inside = mark === '*' ? '*' : '';
    for (let i = 0; i + 2 <= text.length; i++) pairs.add(inside + text.slice(i, i + 2));
  }
  return pairs;
}

/** Prepares names for matching and searching; 10,000 of them in a fraction of a second. */
export function buildNameIndex(entries: Iterable<NamedEntry>): NameIndex {
  const entriesByKey = new Map<string, NamedEntry[]>();
  const spellings: Spelling[] = [];
  const numbersByPair = new Map<string, number[]>();
  for (const entry of entries) {
    const seen = new Set<string>();
    for (const text of entry.names) {
      for (const key of nameKeys(text)) {
        const known = entriesByKey.get(key);
        if (!known) entriesByKey.set(key, [entry]);
        else if (!known.includes(entry)) known.push(entry);
      }
      const key = nameKey(text);
      if (key === '' || seen.has(key)) continue;
      seen.add(key);
      const spelling = { entry, text, key, ...looseForm(text) };
      for (const pair of pairsOf(spelling)) {
        const numbers = numbersByPair.get(pair);
        if (numbers) numbers.push(spellings.length);
        else numbersByPair.set(pair, [spellings.length]);
      }
      spellings.push(spelling);
    }
  }
  const spellingsByPair = new Map<string, Uint32Array>();
  for (const [pair, numbers] of numbersByPair) spellingsByPair.set(pair, Uint32Array.from(numbers));
  return { entriesByKey, spellings, spellingsByPair };
}

/** The entries that a text certainly names (several: the name alone does not tell which). */
function certainEntries(index: NameIndex, text: string): readonly NamedEntry[] {
  const found = new Set<NamedEntry>();
  for (const key of nameKeys(text)) {
    for (const entry of index.entriesByKey.get(key) ?? []) found.add(entry);
  }
  return [...found];
}

/** How alike a query and a spelling are; what is being typed may be the start of a name. */
function scoreOf(query: Omit<Spelling, 'entry' | 'text'>, spelling: Spelling): number {
  if (spelling.key === query.key) return 0.99;
  if (query.bare !== '' && spelling.bare === query.bare) return 0.97;
  const isStart =
    spelling.key.startsWith(query.key) ||
    (query.bare !== '' && spelling.bare.startsWith(query.bare));
  if (isStart) return 0.8 + 0.15 * (query.key.length / spelling.key.length);
  let score = Math.max(
    similarity(query.key, spelling.key),
    0.98 * similarity(query.bare, spelling.bare),
  );
  if (query.skeleton.length >= 2 && spelling.skeleton.length >= 2) {
    const vowels = query.bare === '' ? 0 : similarity(query.bare, spelling.bare);
    if (spelling.skeleton === query.skeleton) score = Math.max(score, 0.78 + 0.15 * vowels);
    else if (spelling.skeleton.startsWith(query.skeleton)) {
      score = Math.max(score, 0.5 + 0.25 * (query.skeleton.length / spelling.skeleton.length));
    } else score = Math.max(score, 0.85 * similarity(query.skeleton, spelling.skeleton));
  }
  if (query.key.length >= 3 && spelling.key.includes(query.key)) score = Math.max(score, 0.7);
  return score;
}

/** Numbers of the spellings that share the most pairs with the query, at most `COMPARED`. */
function likeliest(index: NameIndex, pairs: ReadonlySet<string>): readonly number[] {
  const shared = new Uint8Array(index.spellings.length);
  for (const pair of pairs) {
    for (const number of index.spellingsByPair.get(pair) ?? []) shared[number]! += 1;
  }
  const byCount: number[][] = [];
  for (let number = 0; number < shared.length; number++) {
    const count = shared[number]!;
    if (count > 0) (byCount[count] ??= []).push(number);
  }
  const found: number[] = [];
  for (let count = byCount.length - 1; count > 0 && found.length < COMPARED; count--) {
    // Among those that share as much, short names are the closer ones.
    const numbers = byCount[count] ?? [];
    if (numbers.length > COMPARED) {
      numbers.sort((a, b) => index.spellings[a]!.key.length - index.spellings[b]!.key.length);
    }
    for (const number of numbers.slice(0, COMPARED)) found.push(number);
  }
  return found;
}

/**
 * The entries whose names are most like the query, best first, at most `limit`: in any script and
 * spelling, also half typed. An offer to a person, never a decision.
 */
export function searchNames(index: NameIndex, query: string, limit: number): readonly NameHit[] {
  const key = nameKey(query);
  if (key === '') return [];
  const hits = new Map<string, NameHit>();
  for (const entry of certainEntries(index, query)) {
    hits.set(entry.id, { entry, name: entry.names[0] ?? query, score: 1 });
  }
  const wanted = { key, ...looseForm(query) };
  for (const number of likeliest(index, pairsOf(wanted))) {
    const spelling = index.spellings[number]!;
    const score = scoreOf(wanted, spelling);
    const known = hits.get(spelling.entry.id);
    if (score < LEAST_SCORE || (known && known.score >= score)) continue;
    hits.set(spelling.entry.id, { entry: spelling.entry, name: spelling.text, score });
  }
  return [...hits.values()]
    .sort(
      (a, b) =>
        b.score - a.score ||
        a.name.length - b.name.length ||
        (a.entry.id < b.entry.id ? -1 : a.entry.id > b.entry.id ? 1 : 0),
    )
    .slice(0, limit);
}

/**
 * Which locality a text names. Only a certain match may be taken without asking; `near` candidates are offers.
 */
export function matchLocality(index: NameIndex, text: string): LocalityMatch {
  const certain = certainEntries(index, text);
  if (certain.length === 1) return { kind: 'certain', locality: certain[0]! };
  if (certain.length > 1) return { kind: 'ambiguous', localities: certain };
  const candidates = searchNames(index, text, 5).filter((hit) => hit.score >= LEAST_NEAR_SCORE);
  return candidates.length > 0 ? { kind: 'near', candidates } : { kind: 'none' };
}
