import { DELETED, MERGED_INTO } from '#lib/changes/change.ts';
import { conflictsOf, deletionOf, differingHeads, type RecordState } from '#lib/changes/fold.ts';
import type { RecordEdit } from '#lib/client/state/records-api.ts';
import { randomId } from '#lib/crypto/random.ts';
import { isRecordKind, type RecordKind } from '#lib/domain/records/registry.ts';
import type { Role } from '#lib/protocol/roles.ts';
import { seededRandom } from '../server/seed.ts';
import { pick, type Edit } from './operations.ts';

type States = ReadonlyMap<string, RecordState>;
type Random = () => number;

/** What a person of this role types now, over the records that he sees. */
export function editsOf(states: States, role: Role, what: Edit, seed: number): RecordEdit[] {
  const random = seededRandom(seed);
  random();
  if (what === 'create') return createOne(states, role, random);
  if (what === 'import') {
    const count = random() < 0.3 ? 40 : 5;
    return Array.from({ length: count }, (_, i) => ({
      kind: 'locality',
      id: randomId(),
      values: { _created: true, name: `place ${i}` },
    }));
  }
  const record = recordFor(states, what, random);
  if (!record) return createOne(states, role, random);
  const { kind, id } = record;
  if (!isRecordKind(kind)) return [];
  switch (what) {
    case 'delete':
      return [{ kind, id, values: { [DELETED]: true } }];
    case 'undelete':
      return [{ kind, id, values: { [DELETED]: false } }];
    case 'merge': {
      const others = [...states.values()].filter((other) => other.kind === kind);
      return [{ kind, id, values: { [MERGED_INTO]: pick(random, others).id } }];
    }
    case 'settle': {
      const [field] = conflictsOf(record);
      if (!field) return [editOf(kind, id, random)];
      if (field === DELETED) return [{ kind, id, values: { [DELETED]: random() < 0.5 } }];
      const heads = pick(random, differingHeads(record, field));
      return [{ kind, id, values: { [field]: heads[0]?.value ?? null } }];
    }
    case 'clear': {
      const fields = Object.keys(record.fields).filter((field) => !field.startsWith('_'));
      return fields.length > 0 ? [{ kind, id, values: { [pick(random, fields)]: null } }] : [];
    }
    case 'newer':
      return [{ kind, id, values: { laterField: { a: [seed % 7] } } }];
    default:
      return [editOf(kind, id, random, what === 'same_field' ? 0 : undefined)];
  }
}

/** Old records are taken more often than new ones: that is where people meet. */
function recordFor(states: States, what: Edit, random: Random): RecordState | undefined {
  let all = [...states.values()].filter(({ seen }) => seen.length > 0);
  if (what === 'undelete') all = all.filter((state) => deletionOf(state) !== 'live');
  if (what === 'settle') all = all.filter((state) => conflictsOf(state).length > 0);
  all.sort((a, b) => (a.id < b.id ? -1 : 1));
  return all[Math.floor(random() ** 2 * all.length)];
}

const WORDS = ['a', 'b', 'c', 'é', 'e\u0301'];

/** New values for one or two fields of a record; `at` for always the same one. */
function editOf(kind: RecordKind, id: string, random: Random, at?: number): RecordEdit {
  const word = pick(random, WORDS);
  const day = `2016-06-${10 + Math.floor(random() * 20)}`;
  const choices: Partial<Record<RecordKind, RecordEdit['values'][]>> = {
    convoy: [
      { notes: word },
      { name: word },
      { status: pick(random, ['departed', 'delivered', 'denied']) },
      { date: day, partners: [pick(random, WORDS.slice(0, 3)), 'b'] },
    ],
    report: [{ claim: word }, { date: day }, { trucks: { q: '=', n: Math.floor(random() * 5) } }],
    stop: [{ order: Math.floor(random() * 4) }, { outcome: pick(random, ['delivered', 'denied']) }],
    movement: [{ route: word }, { onTheRoad: random() < 0.5 }, { released: true }],
    locality: [{ name: word }, { aliases: [word, 'x'] }, { verified: random() < 0.5 }],
    source: [{ title: word }, { publisher: word }],
    logEntry: [{ note: word }],
    accessStatus: [{ status: pick(random, ['besieged', 'accessible']) }, { from: day }],
    incident: [{ casualties: word }, { date: day }],
  };
  const list = choices[kind] ?? [{ name: word }];
  return { kind, id, values: list[at ?? Math.floor(random() * list.length)] ?? {} };
}

function createOne(states: States, role: Role, random: Random): RecordEdit[] {
  const made = (kind: RecordKind, values: RecordEdit['values']): RecordEdit => ({
    kind,
    id: randomId(),
    values: { _created: true, ...values },
  });
  const known = (kind: RecordKind): string => {
    const all = [...states.values()].filter((state) => state.kind === kind).map(({ id }) => id);
    return all.length > 0 ? pick(random, all.sort()) : randomId();
  };
  const choice = random();
  const day = pick(random, ['2016-06-20', '2016-06-29', '2016-07-02', '2012-11']);
  if (choice < 0.45) {
    const convoy = made('convoy', { name: 'c' });
    const source = made('source', { kind: 'published', publisher: 'Reuters' });
    const status = pick(random, ['delivered', 'delivered', 'planned', 'departed', 'denied']);
    const values = { convoy: convoy.id, source: source.id, status, date: day };
    const edits = [convoy, source, made('report', values)];
    if (random() < 0.3) edits.push(made('locality', { name: 'new with it' }));
    if (role !== 'logger' && random() < 0.5) {
      edits.push(made('stop', { convoy: convoy.id, localities: [known('locality')] }));
    }
    if (random() < 0.4) {
      edits.push(made('movement', { convoy: convoy.id, onTheRoad: random() < 0.6, route: 'r' }));
    }
    return edits;
  }
  if (choice < 0.55)
    return [
      made('report', {
        convoy: known('convoy'),
        source: known('source'),
        date: day,
        status: 'delivered',
      }),
    ];
  if (choice < 0.7) return [made('locality', { name: 'Zamalka' })];
  if (choice < 0.78) return [made('movement', { convoy: known('convoy'), route: 'x' })];
  if (choice < 0.84) {
    const movement = known('movement');
    return [made('logEntry', { movement, time: '2016-06-29T10:00:00.000Z', kind: 'departed' })];
  }
  if (choice < 0.92) {
    const values = {
      locality: known('locality'),
      from: '2013',
      classifier: 'UN',
      status: 'besieged',
    };
    return [made('accessStatus', values)];
  }
  return [
    made('incident', { localities: [known('locality')], date: day, convoy: known('convoy') }),
  ];
}
