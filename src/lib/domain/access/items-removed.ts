import type { Bounds } from '../dates/between.ts';
import { type Day, dayToIso, monthIndexOf, type Span, spanOfMonth } from '../dates/day.ts';
import { figureBounds } from '../figures/figure.ts';
import { nameKey } from '../names/name-key.ts';
import type { ItemLine } from '../records/dataset.ts';
import type { AccessRecords } from './access-records.ts';
import type { LeftOut } from './caveats.ts';
import type { DerivedConvoy, DerivedStop } from './from-reports.ts';

export type RemovedCaveat =
  /** It may have been removed in another month, or after the as-of date. */
  | { readonly type: 'possible_month'; readonly line: string }
  | { readonly type: 'approximate_date'; readonly date: string }
  /** "About", "more than" or "fewer than". */
  | { readonly type: 'about_or_open_quantity'; readonly line: string };

/** One item, by one unit, in one month. */
export interface RemovedItem {
  /** `2016-02` */
  readonly month: string;
  /** As the first of all its lines writes it, by id. */
  readonly item: string;
  /** null: no unit is recorded, which is a unit of its own. */
  readonly unit: string | null;
  /** null: none of the lines gives a quantity, which is never none. */
  readonly quantity: Bounds | null;
  readonly lines: number;
  readonly withoutQuantity: number;
  /** Ids of the item lines. */
  readonly from: readonly string[];
  readonly convoys: readonly string[];
  readonly localities: readonly string[];
  readonly caveats: readonly RemovedCaveat[];
}

/** Indicator 8: what was taken off convoys, by item and unit, month by month. */
export interface ItemsRemoved {
  readonly definition: 'indicator 8';
  readonly asOf: Day;
  readonly since: Day | null;
  /** By month, item, unit; without a unit last. */
  readonly entries: readonly RemovedItem[];
  readonly leftOut: readonly LeftOut[];
}

export interface ItemsRemovedOptions {
  readonly asOf: Day;
  /** Nothing that was surely removed before this day counts. */
  readonly since?: Day;
}

/** An item line with what it was removed from. */
interface Placed {
  readonly line: ItemLine;
  readonly convoy: DerivedConvoy;
  readonly stop: DerivedStop | null;
}

/** Signs alone (`%`) have no name key: they are compared as they are. */
const sameness = (text: string): string => nameKey(text) || text.trim().toLowerCase();

const isText = (text: string | undefined): text is string =>
  text !== undefined && text.trim() !== '';

/** What was counted: the unit of the line, and the figure's own where it has one. */
function unitOf({ unit, quantity }: ItemLine): { key: string; text: string | null } {
  const counted = quantity?.unit;
  const text = isText(unit) ? unit.trim() : (counted ?? null);
  const keys = new Set([text, counted ?? text].map((one) => (one === null ? '' : sameness(one))));
  return { key: [...keys].join(' '), text };
}

function placesOf({ line, convoy, stop }: Placed): readonly string[] {
  if (line.localities && line.localities.length > 0) return line.localities;
  return stop ? stop.localities : convoy.stops.flatMap(({ localities }) => localities);
}

interface Group {
  readonly month: number;
  readonly item: string;
  readonly unit: string | null;
  readonly placed: Placed[];
}

/** The removal's day is that of its stop, else of its convoy: an item line has no date of its own. */
const dateOf = ({ stop, convoy }: Placed): DerivedStop['date'] => stop?.date ?? convoy.date;

const isOneMonth = ({ earliest, latest }: Span): boolean =>
  monthIndexOf(earliest) === monthIndexOf(latest);

function removedItem({ month, item, unit, placed }: Group, asOf: Day): RemovedItem {
  const caveats = new Map<string, RemovedCaveat>();
  const add = (caveat: RemovedCaveat): unknown => caveats.set(JSON.stringify(caveat), caveat);
  let quantity: Bounds | null = null;
  let withoutQuantity = 0;
  for (const one of placed) {
    const { line } = one;
    const date = dateOf(one);
    if (date?.approximate) add({ type: 'approximate_date', date: date.edtf });
    if (date && (!isOneMonth(date) || date.latest > asOf)) {
      add({ type: 'possible_month', line: line.id });
    }
    if (!line.quantity) {
      withoutQuantity += 1;
      continue;
    }
    const { min, max } = figureBounds(line.quantity);
    quantity = [(quantity?.[0] ?? 0) + min, (quantity?.[1] ?? 0) + (max ?? min)];
    if ('~<>'.includes(line.quantity.q)) add({ type: 'about_or_open_quantity', line: line.id });
  }
  return {
    month: dayToIso(spanOfMonth(month).earliest).slice(0, 7),
    item,
    unit,
    quantity,
    lines: placed.length,
    withoutQuantity,
    from: placed.map(({ line }) => line.id),
    convoys: [...new Set(placed.map(({ convoy }) => convoy.id))],
    localities: [...new Set(placed.flatMap(placesOf))].sort(),
    caveats: [...caveats].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, caveat]) => caveat),
  };
}

/**
 * Items removed from convoys, by the month that holds the latest day of their stop (else of their
 * convoy) not after the as-of date, by item and by unit (indicator 8). Names and units are compared
 * by their letters and digits alone; quantities of different units are never added up.
 */
export function computeItemsRemoved(
  { dataset, convoys }: Pick<AccessRecords, 'dataset' | 'convoys'>,
  { asOf, since }: ItemsRemovedOptions,
): ItemsRemoved {
  const leftOut: LeftOut[] = [];
  const groups = new Map<string, Group>();
  const names = new Map<string, string>();
  const lines = [...dataset.itemLine.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const line of lines) {
    if (line.stage !== 'removed') continue;
    const recorded = line.stop === undefined ? undefined : dataset.stop.get(line.stop);
    const convoy = convoys.get(recorded?.convoy ?? '') ?? convoys.get(line.convoy ?? '');
    if (!convoy) {
      leftOut.push({ type: 'item_without_convoy', record: line.id });
      continue;
    }
    const stop = convoy.stops.find(({ id }) => id === line.stop) ?? null;
    const placed: Placed = { line, convoy, stop };
    const date = dateOf(placed);
    if (!date) {
      leftOut.push({ type: 'no_date', record: line.id });
      continue;
    }
    if (date.earliest > asOf || (since !== undefined && date.latest < since)) continue;
    const month = monthIndexOf(Math.min(date.latest, asOf));
    const unit = unitOf(line);
    const name = sameness(line.item);
    const item = names.get(name) ?? line.item.trim();
    names.set(name, item);
    const key = `${month} ${name}\n${unit.key}`;
    const group = groups.get(key);
    if (group) group.placed.push(placed);
    else groups.set(key, { month, item, unit: unit.text, placed: [placed] });
  }
  const entries = [...groups.values()].sort(
    (a, b) =>
      a.month - b.month ||
      a.item.localeCompare(b.item, 'en') ||
      Number(a.unit === null) - Number(b.unit === null) ||
      (a.unit ?? '').localeCompare(b.unit ?? '', 'en'),
  );
  return {
    definition: 'indicator 8',
    asOf,
    since: since ?? null,
    entries: entries.map((group) => removedItem(group, asOf)),
    leftOut,
  };
}
