import type { Role } from '#lib/protocol/roles.ts';
import { seededRandom } from '../server/seed.ts';

/** What a bad network, or a dying server, makes of one request. */
export type Fate =
  'sound' | 'lost' | 'answer_lost' | 'twice' | 'late' | 'cut' | 'garbage' | 'crash';

export interface Call {
  readonly fate: Fate;
  /** What happens after the server has answered and before the phone hears it. */
  readonly meanwhile?: Operation;
  /** Of a crash: after how many turns of the server's loop. */
  readonly ticks?: number;
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
  | { readonly does: 'clone' | 'image' | 'put_back'; readonly phone: number }
  | { readonly does: 'together'; readonly all: readonly Operation[] }
  | { readonly does: 'late_arrives'; readonly seed: Seed }
  | { readonly does: 'role'; readonly phone: number; readonly role: Role }
  | { readonly does: 'revoke'; readonly phone: number; readonly as: 'leaving' | 'lost' }
  | { readonly does: 'hours'; readonly hours: number }
  | {
      readonly does: 'server_restart' | 'server_keep' | 'server_roll_back' | 'server_restore';
      readonly seed: Seed;
    };

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
type Does = 'save' | 'late' | 'hours' | keyof typeof THEMES;

/** What a history is mostly about: two of these, beside the everyday of saving and syncing. */
const THEMES = { network: 0, kills: 8, tabs: 16, copies: 12, losses: 14, people: 8 } as const;
const EVERYDAY = { save: 34, network: 30, late: 4, hours: 3, kills: 2, tabs: 2 } as const;

export function historyOf(seed: number): History {
  const random = seededRandom(Math.imul(seed, 2_654_435_761) + 97);
  for (let i = 0; i < 5; i++) random();
  const phones = 3 + Math.floor(random() ** 2 * 4);
  const themes = Object.keys(THEMES) as (keyof typeof THEMES)[];
  const weights: Partial<Record<Does, number>> = { ...EVERYDAY };
  for (const theme of [pick(random, themes), pick(random, themes)]) {
    weights[theme] = (weights[theme] ?? 0) + THEMES[theme];
  }
  const context = { random, phones, weights, weather: random() };
  const length = 6 + Math.floor(random() * 22);
  const operations = Array.from({ length }, () => operationOf(context, 0));
  return { seed, phones, operations };
}

interface Context {
  readonly random: Random;
  readonly phones: number;
  readonly weights: Readonly<Partial<Record<Does, number>>>;
  /** How often the network fails: 0 never, 1 nearly always. */
  readonly weather: number;
}

function operationOf(context: Context, depth: number): Operation {
  const { random, phones } = context;
  const at = { phone: int(random, phones), tab: int(random, 2) };
  const seed = int(random, 1e9);
  switch (weighted(random, context.weights)) {
    case 'save':
      return saveOf(context);
    case 'network':
      return depth > 1 ? saveOf(context) : syncOf(context, depth);
    case 'late':
      return { does: 'late_arrives', seed };
    case 'hours':
      return { does: 'hours', hours: pick(random, [1, 30, 49, 24 * 10, 24 * 61]) };
    case 'kills':
      return random() < 0.3
        ? { does: 'restart', phone: at.phone, damages: seed }
        : { does: 'restart', phone: at.phone };
    case 'tabs':
      return depth === 0 && random() < 0.4
        ? { does: 'together', all: [operationOf(context, 1), syncOf(context, 1), saveOf(context)] }
        : { does: pick(random, TAB_WORK), ...at };
    case 'copies':
      return depth > 0
        ? saveOf(context)
        : {
            does: pick(random, ['clone', 'image', 'put_back', 'put_back'] as const),
            phone: at.phone,
          };
    case 'losses':
      return depth > 0 && random() < 0.5 ? saveOf(context) : { does: pick(random, LOSSES), seed };
    case 'people':
      return random() < 0.75
        ? { does: 'role', phone: at.phone, role: pick(random, ROLES) }
        : { does: 'revoke', phone: at.phone, as: random() < 0.7 ? 'leaving' : 'lost' };
  }
}

const TAB_WORK = ['catch_up', 'open_tab', 'open_tab', 'close_tab', 'tidy', 'dismiss'] as const;
const ROLES = ['observer', 'logger', 'coordinator'] as const;
const LOSSES = ['server_keep', 'server_roll_back', 'server_roll_back', 'server_restore', 'server_restart'] as const; // prettier-ignore

function weighted(random: Random, weights: Readonly<Partial<Record<Does, number>>>): Does {
  const entries = Object.entries(weights) as [Does, number][];
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [does, weight] of entries) {
    left -= weight;
    if (left < 0) return does;
  }
  return 'save';
}

function saveOf({ random, phones }: Context): Operation {
  const what = pick(random, [
    'create', 'create', 'create', 'create', 'edit', 'edit', 'edit', 'same_field', 'same_field',
    'clear', 'delete', 'delete', 'undelete', 'merge', 'settle', 'settle', 'import', 'newer',
  ] as const); // prettier-ignore
  return {
    does: 'save',
    phone: int(random, phones),
    tab: int(random, 2),
    what,
    seed: int(random, 1e9),
    ...(random() < 0.08 ? { killAfter: int(random, 14) } : {}),
    ...(random() < 0.04 ? { isFull: true } : {}),
  };
}

function syncOf(context: Context, depth: number): Operation {
  const { random, phones, weather } = context;
  const calls = Array.from({ length: int(random, 4) }, () => callOf(context, depth));
  return {
    does: 'sync',
    phone: int(random, phones),
    tab: int(random, 2),
    calls: random() < weather ? calls : [],
    ...(random() < 0.12 ? { killAfter: int(random, 30) } : {}),
    ...(random() < 0.03 ? { isFull: true } : {}),
  };
}

function callOf(context: Context, depth: number): Call {
  const { random } = context;
  const fate = pick(random, [
    'sound', 'sound', 'sound', 'lost', 'answer_lost', 'answer_lost', 'twice', 'late', 'cut',
    'garbage', 'crash',
  ] as const); // prettier-ignore
  const ticks = fate === 'crash' ? { ticks: int(random, 60) } : {};
  const meanwhile =
    random() < 0.2 && depth < 2 ? { meanwhile: operationOf(context, depth + 1) } : {};
  return { fate, ...ticks, ...meanwhile };
}

const int = (random: Random, below: number): number => Math.floor(random() * below);

export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[int(random, from.length)] as T;
