import type { Role } from '#lib/protocol/roles.ts';
import { seededRandom } from '../server/seed.ts';
import { SCENES } from './scenes.ts';

/** What a bad network, or a dying server, makes of one request. */
export type Fate =
  | 'sound'
  | 'lost'
  | 'answer_lost'
  | 'twice'
  | 'late'
  | 'cut'
  | 'garbage'
  | 'crash'
  /** Somebody on the way takes less at once than was sent. */
  | 'too_large';

export interface Call {
  readonly fate: Fate;
  /** What happens after the server has answered and before the phone hears it. */
  readonly meanwhile?: Operation;
  /** Of a crash: after how many turns of the server's loop, or before which of its statements. */
  readonly ticks?: number;
  readonly statements?: number;
}

/** How one thing is chosen out of what there is then; the same number chooses alike in a shorter history. */
type Seed = number;

interface AtPhone {
  readonly phone: number;
  readonly tab: number;
  /** The page is killed before it does so many more things. */
  readonly killAfter?: number;
}

export type Operation =
  | (AtPhone & {
      readonly does: 'save';
      readonly what: Edit;
      readonly seed: Seed;
      readonly isFull?: boolean;
    })
  | (AtPhone & {
      readonly does: 'sync';
      readonly calls: readonly Call[];
      readonly isFull?: boolean;
    })
  | (AtPhone & { readonly does: 'catch_up' | 'open_tab' | 'close_tab' | 'tidy' | 'dismiss' })
  | { readonly does: 'restart'; readonly phone: number; readonly damages?: number }
  /** The phone is locked, and sends what it holds all the same. */
  | {
      readonly does: 'locked_send';
      readonly phone: number;
      readonly calls: readonly Call[];
      readonly killAfter?: number;
    }
  /** What this does is done at the newest copy of that phone. */
  | { readonly does: 'at_copy'; readonly of: number; readonly operation: Operation }
  /** Somebody is invited, and comes with a phone that has nothing yet. */
  | { readonly does: 'newcomer'; readonly role: Role }
  /** What this does is done at the phone that came last. */
  | { readonly does: 'at_newest'; readonly operation: Operation }
  | { readonly does: 'clone' | 'image' | 'put_back'; readonly phone: number }
  | { readonly does: 'together'; readonly all: readonly Operation[] }
  | { readonly does: 'late_arrives'; readonly seed: Seed }
  | { readonly does: 'role'; readonly phone: number; readonly role: Role }
  | { readonly does: 'revoke'; readonly phone: number; readonly as: 'leaving' | 'lost' }
  | { readonly does: 'hours'; readonly hours: number }
  | {
      readonly does: 'server_restart' | 'server_keep' | 'server_roll_back' | 'server_restore';
      readonly seed: Seed;
    }
  | { readonly does: 'server_snapshot' };

export type Edit =
  | 'create'
  | 'edit'
  | 'same_field'
  | 'clear'
  | 'delete'
  | 'undelete'
  | 'merge'
  | 'settle'
  | 'import'
  | 'newer';

export interface History {
  readonly seed: number;
  /** How many of the template's people take part. */
  readonly phones: number;
  readonly operations: readonly Operation[];
}

type Random = () => number;

/**
 * A history is everyday work on several phones, and in between a few scenes: things that have to
 * come after each other to mean anything. All of it is mixed, each in its own order.
 */
export function historyOf(seed: number): History {
  const random = seededRandom(Math.imul(seed, 2_654_435_761) + 97);
  for (let i = 0; i < 5; i++) random();
  const phones = 3 + Math.floor(random() ** 2 * 4);
  const context = { random, phones, weather: random() };
  const everyday = Array.from({ length: 4 + int(random, 12) }, () => operationOf(context, 0));
  const scenes = Array.from({ length: int(random, 4) }, () => pick(random, SCENES)(context));
  return { seed, phones, operations: mixed(random, [everyday, ...scenes]) };
}

export interface Context {
  readonly random: Random;
  readonly phones: number;
  /** How often the network fails: 0 never, 1 nearly always. */
  readonly weather: number;
}

/** Everything that happens on any day. */
export function operationOf(context: Context, depth: number): Operation {
  const { random } = context;
  const at = { phone: int(random, PHONES), tab: int(random, 2) };
  const seed = int(random, 1e9);
  const kind = random();
  if (kind < 0.4 || depth > 1) return saveOf(context);
  if (kind < 0.75) return syncOf(context, { depth });
  if (kind < 0.78) return lockedSendOf(context, { depth });
  if (kind < 0.83) return { does: 'late_arrives', seed };
  if (kind < 0.86) return { does: 'hours', hours: pick(random, [1, 30, 49, 24 * 10, 24 * 61]) };
  if (kind < 0.9) return { does: 'restart', phone: at.phone };
  if (kind < 0.91) return { does: 'restart', phone: at.phone, damages: seed };
  if (kind < 0.95 && depth === 0) {
    const all = [operationOf(context, 1), syncOf(context, { depth: 1 }), saveOf(context)];
    return { does: 'together', all };
  }
  return { does: pick(random, TAB_WORK), ...at };
}

const TAB_WORK = ['catch_up', 'open_tab', 'open_tab', 'close_tab', 'tidy', 'dismiss'] as const;
/** More numbers than phones: copies of phones are met too. */
const PHONES = 12;

/** Lists into one, each in its own order. */
function mixed<T>(random: Random, lists: readonly (readonly T[])[]): T[] {
  const left = lists.map((list) => [...list]);
  const all: T[] = [];
  for (;;) {
    const some = left.filter((list) => list.length > 0);
    if (some.length === 0) return all;
    all.push(pick(random, some).shift() as T);
  }
}

/** Whatever is not given is chosen; what is given is done by a page that nothing kills. */
export function saveOf(
  { random }: Context,
  given: { phone?: number; what?: Edit } = {},
): Operation {
  const isFree = given.phone === undefined;
  return {
    does: 'save',
    phone: given.phone ?? int(random, PHONES),
    tab: int(random, 2),
    what: given.what ?? pick(random, EDITS),
    seed: int(random, 1e9),
    ...(isFree && random() < 0.08 ? { killAfter: int(random, 14) } : {}),
    ...(isFree && random() < 0.04 ? { isFull: true } : {}),
  };
}

const EDITS: readonly Edit[] = [
  'create', 'create', 'create', 'create', 'edit', 'edit', 'edit', 'same_field', 'same_field',
  'clear', 'delete', 'delete', 'undelete', 'merge', 'settle', 'settle', 'import', 'newer',
]; // prettier-ignore

export function syncOf(
  context: Context,
  { depth = 0, phone }: { depth?: number; phone?: number } = {},
): Operation {
  const { random, weather } = context;
  const isFree = phone === undefined;
  const calls = Array.from({ length: int(random, 4) }, () => callOf(context, depth));
  return {
    does: 'sync',
    phone: phone ?? int(random, PHONES),
    tab: int(random, 2),
    calls: random() < weather ? calls : [],
    ...(isFree && random() < 0.12 ? { killAfter: int(random, 30) } : {}),
    ...(isFree && random() < 0.03 ? { isFull: true } : {}),
  };
}

export function lockedSendOf(
  context: Context,
  { depth = 0, phone }: { depth?: number; phone?: number } = {},
): Operation {
  const { random, weather } = context;
  const calls = Array.from({ length: int(random, 3) }, () => callOf(context, depth));
  return {
    does: 'locked_send',
    phone: phone ?? int(random, PHONES),
    calls: random() < weather ? calls : [],
    ...(phone === undefined && random() < 0.2 ? { killAfter: int(random, 12) } : {}),
  };
}

function callOf(context: Context, depth: number): Call {
  const { random } = context;
  const fate = pick(random, [
    'sound', 'sound', 'sound', 'lost', 'answer_lost', 'answer_lost', 'twice', 'late', 'cut',
    'garbage', 'crash',
  ] as const); // prettier-ignore
  const when = random() < 0.5 ? { ticks: int(random, 60) } : { statements: int(random, 40) };
  const ticks = fate === 'crash' ? when : {};
  const meanwhile =
    random() < 0.2 && depth < 2 ? { meanwhile: operationOf(context, depth + 1) } : {};
  return { fate, ...ticks, ...meanwhile };
}

export const int = (random: Random, below: number): number => Math.floor(random() * below);

export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[int(random, from.length)] as T;
