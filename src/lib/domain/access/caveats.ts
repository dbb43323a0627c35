/**
 * What has to be said beside a result: data, never text. A result carries every caveat that applies
 * to it, and each names the records it is about.
 */
export type Caveat =
  /** A date is only about right (`~`): certain becomes possible. */
  | { readonly type: 'approximate_date'; readonly date: string }
  /** A date's range reaches past the as-of date and was cut there. */
  | { readonly type: 'straddles_as_of'; readonly date: string }
  /** Another delivery overlaps this one: it may have come before. */
  | { readonly type: 'possibly_not_first'; readonly date: string }
  /** Reports differ about how a convoy ended. */
  | { readonly type: 'disputed_status'; readonly convoy: string }
  /** A delivery on record without any date, left out. */
  | { readonly type: 'undated_delivery'; readonly convoy: string }
  /** A report mentions a delivery that our records lack. */
  | { readonly type: 'delivery_not_on_record'; readonly claim: string; readonly date: string };

export type CaveatType = Caveat['type'];

export const NO_CAVEATS: readonly Caveat[] = [];

const textOf = (caveat: Caveat): string => JSON.stringify(caveat);

/** Each caveat once, in an order that is the same everywhere. */
export function uniqueCaveats(caveats: readonly Caveat[]): readonly Caveat[] {
  if (caveats.length < 2) return caveats.length === 0 ? NO_CAVEATS : caveats;
  const byText = new Map<string, Caveat>();
  for (const caveat of caveats) byText.set(textOf(caveat), caveat);
  return [...byText].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, caveat]) => caveat);
}

/** A record that could not be used, and why: it is left out of the results, and named. */
export interface LeftOut {
  readonly type:
    | 'stop_without_convoy'
    | 'report_without_convoy'
    | 'no_locality'
    | 'no_date'
    | 'line_without_request'
    | 'request_without_line'
    | 'item_without_convoy'
    /** A claim, status, movement or log entry of something that is not on record. */
    | 'without_parent'
    /** One date contradicts another one: an answer before its question. */
    | 'dates_reversed';
  readonly record: string;
}
