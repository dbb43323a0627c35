/**
 * Texts that stand in many records (authors, instants), each written once and named by its place.
 */
export interface TextTable {
  readonly texts: readonly string[];
  /** The place of a text, which it is given when it is first asked for. */
  readonly placeOf: (text: string) => number;
}

export function textTable(): TextTable {
  const texts: string[] = [];
  const places = new Map<string, number>();
  return {
    texts,
    placeOf: (text) => {
      const known = places.get(text);
      if (known !== undefined) return known;
      places.set(text, texts.length);
      return texts.push(text) - 1;
    },
  };
}
