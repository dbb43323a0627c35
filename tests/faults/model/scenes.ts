import {
  int,
  lockedSendOf,
  pick,
  saveOf,
  syncOf,
  type Context,
  type Operation,
} from './operations.ts';

/** Things that have to come after each other to mean anything; others come in between. */
type Scene = (context: Context) => Operation[];

const seedOf = ({ random }: Context): number => int(random, 1e9);
const personOf = ({ random, phones }: Context): number => int(random, phones);

/** A phone is restored from a backup, and uses its numbers again. */
const oldBackup: Scene = (context) => {
  const phone = personOf(context);
  const { random } = context;
  const work = (): Operation[] => [saveOf(context, { phone }), syncOf(context, { phone })];
  const before = random() < 0.5 ? work() : [saveOf(context, { phone })];
  return [...before, { does: 'image', phone }, ...work(), { does: 'put_back', phone }, ...work()];
};

/** A phone is copied, and both go on with the same numbers. */
const twins: Scene = (context) => {
  const phone = personOf(context);
  const save = saveOf(context, { phone });
  const twin = { does: 'at_copy', of: phone } as const;
  return [
    save,
    ...(context.random() < 0.5 ? [syncOf(context, { phone })] : []),
    { does: 'clone', phone },
    saveOf(context, { phone }),
    { ...twin, operation: saveOf(context, { phone }) },
    syncOf(context, { phone }),
    { ...twin, operation: saveOf(context, { phone }) },
    { ...twin, operation: syncOf(context, { phone }) },
  ];
};

/** The server loses what one phone gave it and another one has already built upon. */
const lostTail: Scene = (context) => {
  const { random } = context;
  const [phone, other] = [personOf(context), personOf(context)];
  const how = pick(random, ['server_roll_back', 'server_roll_back', 'server_restore'] as const);
  return [
    { does: 'server_keep', seed: seedOf(context) },
    saveOf(context, { phone, what: 'create' }),
    saveOf(context, { phone }),
    syncOf(context, { phone }),
    syncOf(context, { phone: other }),
    saveOf(context, { phone: other, what: 'same_field' }),
    ...(random() < 0.5 ? [syncOf(context, { phone: other })] : []),
    { does: how, seed: seedOf(context) },
    saveOf(context, { phone: other, what: 'same_field' }),
    syncOf(context, { phone: other }),
  ];
};

/** A person loses a right, or gets one, while something of his is on its way. */
const otherRole: Scene = (context) => {
  const { random } = context;
  const phone = personOf(context);
  const role = pick(random, ['observer', 'logger', 'coordinator'] as const);
  const back = pick(random, ['observer', 'logger', 'coordinator'] as const);
  return [
    saveOf(context, { phone, what: 'create' }),
    ...(random() < 0.6 ? [syncOf(context, { phone })] : []),
    saveOf(context, { phone }),
    { does: 'role', phone, role },
    saveOf(context, { phone, what: 'same_field' }),
    syncOf(context, { phone }),
    ...(random() < 0.5 ? [{ does: 'role', phone, role: back } as const] : []),
    syncOf(context, { phone }),
  ];
};

/** A phone is ended, and does not know it yet. */
const revoked: Scene = (context) => {
  const phone = personOf(context);
  const as = context.random() < 0.7 ? 'leaving' : 'lost';
  const last = saveOf(context, { phone, what: 'create' });
  const calls = [{ fate: 'sound' as const, meanwhile: last }];
  return [
    saveOf(context, { phone }),
    { does: 'revoke', phone, as },
    ...(context.random() < 0.3 ? [{ does: 'hours', hours: 61 * 24 } as const] : []),
    context.random() < 0.3
      ? { does: 'locked_send', phone, calls }
      : { does: 'sync', phone, tab: 0, calls: [...calls, ...calls] },
  ];
};

/** A phone that lies about locked hands in what it holds, and its owner goes on with it. */
const locked: Scene = (context) => {
  const [phone, other] = [personOf(context), personOf(context)];
  return [
    saveOf(context, { phone, what: 'create' }),
    saveOf(context, { phone }),
    lockedSendOf(context, { phone }),
    saveOf(context, { phone, what: 'same_field' }),
    ...(context.random() < 0.4 ? [{ does: 'role', phone, role: 'observer' } as const] : []),
    lockedSendOf(context, { phone }),
    syncOf(context, { phone: other }),
    saveOf(context, { phone, what: 'same_field' }),
    syncOf(context, { phone }),
  ];
};

/** Somebody came after the backup with which the server goes on: it has never heard of him. */
const forgotten: Scene = (context) => {
  const phone = personOf(context);
  const role = pick(context.random, ['logger', 'coordinator', 'observer'] as const);
  const how = pick(context.random, ['server_roll_back', 'server_restore'] as const);
  const atNewest = (operation: Operation): Operation => ({ does: 'at_newest', operation });
  return [
    { does: 'server_keep', seed: seedOf(context) },
    { does: 'newcomer', role },
    atNewest(saveOf(context, { phone, what: 'create' })),
    atNewest(syncOf(context, { phone })),
    syncOf(context, { phone }),
    saveOf(context, { phone, what: 'same_field' }),
    atNewest(saveOf(context, { phone })),
    { does: how, seed: seedOf(context) },
    ...(context.random() < 0.5 ? [syncOf(context, { phone })] : []),
    ...(context.random() < 0.5 ? [atNewest(lockedSendOf(context, { phone }))] : []),
    atNewest(syncOf(context, { phone })),
  ];
};

/** Two people say different things of the same field, and one of them settles it. */
const dispute: Scene = (context) => {
  const [one, other] = [personOf(context), personOf(context)];
  return [
    saveOf(context, { phone: one, what: 'create' }),
    syncOf(context, { phone: one }),
    syncOf(context, { phone: other }),
    saveOf(context, { phone: one, what: 'same_field' }),
    saveOf(context, { phone: other, what: pick(context.random, ['same_field', 'delete']) }),
    syncOf(context, { phone: one }),
    syncOf(context, { phone: other }),
    saveOf(context, { phone: other, what: 'settle' }),
    syncOf(context, { phone: other }),
  ];
};

/** Two pages of one phone write, and the older one goes on with what it knows. */
const twoTabs: Scene = (context) => {
  const phone = personOf(context);
  const tab = (number: number, operation: Operation): Operation =>
    ({ ...operation, tab: number }) as Operation;
  return [
    { does: 'open_tab', phone, tab: 0 },
    { does: 'open_tab', phone, tab: 1 },
    tab(0, saveOf(context, { phone })),
    tab(1, saveOf(context, { phone })),
    {
      does: 'together',
      all: [
        tab(0, syncOf(context, { phone })),
        tab(1, saveOf(context, { phone })),
        tab(1, syncOf(context, { phone })),
      ],
    },
    tab(0, saveOf(context, { phone, what: 'same_field' })),
    tab(1, syncOf(context, { phone })),
  ];
};

/** Somebody new begins with a snapshot, logs while it loads, and is cut off in the middle of it. */
const newcomer: Scene = (context) => {
  const { random } = context;
  const phone = personOf(context);
  const role = pick(random, ['observer', 'logger', 'coordinator', 'coordinator'] as const);
  const atNewest = (operation: Operation): Operation => ({ does: 'at_newest', operation });
  return [
    saveOf(context, { phone, what: 'create' }),
    syncOf(context, { phone }),
    saveOf(context, { phone, what: 'import' }),
    syncOf(context, { phone }),
    { does: 'server_snapshot' },
    saveOf(context, { phone, what: 'same_field' }),
    { does: 'newcomer', role },
    atNewest(saveOf(context, { phone, what: 'create' })),
    atNewest(syncOf(context)),
    syncOf(context, { phone }),
    atNewest(saveOf(context, { phone, what: 'same_field' })),
    atNewest(syncOf(context, { phone })),
  ];
};

/** A phone that knows nothing yet begins with a snapshot, while its person already logs. */
const lateComer: Scene = (context) => {
  const [phone, other] = [personOf(context), personOf(context)];
  return [
    saveOf(context, { phone, what: 'create' }),
    syncOf(context, { phone }),
    saveOf(context, { phone, what: 'same_field' }),
    syncOf(context, { phone }),
    { does: 'server_snapshot' },
    saveOf(context, { phone }),
    saveOf(context, { phone: other }),
    syncOf(context, { phone: other }),
    syncOf(context, { phone }),
    saveOf(context, { phone: other, what: 'same_field' }),
  ];
};

export const SCENES: readonly Scene[] = [
  oldBackup,
  twins,
  lostTail,
  lostTail,
  otherRole,
  revoked,
  locked,
  forgotten,
  dispute,
  twoTabs,
  lateComer,
  newcomer,
];
