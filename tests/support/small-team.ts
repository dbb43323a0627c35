import type { Change, Group, Stream } from '#lib/changes/change.ts';
import { toBase64Url } from '#lib/crypto/encoding.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import {
  type Draft,
  enrolDevice,
  groupOf,
  overHttp,
  pullAll,
  pushGroups,
  type TestDevice,
  type Transport,
} from '../faults/server/device.ts';
import type { TestServer } from './server.ts';

/** The same ids in every run: they decide the order of what has no other. */
const idOf = (number: number): string => toBase64Url(new Uint8Array(16).fill(number));

const [CONVOY, REPORT, SOURCE, OTHER, OTHER_REPORT, ACCOUNT, PLACE, INCIDENT, PLANNED, PLAN] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
].map(idOf) as [string, string, string, string, string, string, string, string, string, string];

/** What nobody but who may read the operation must ever learn. */
export interface TeamWords {
  /** Who looks at the screens. */
  readonly self: string;
  readonly owner: string;
  readonly coordinator: string;
  readonly logger: string;
  readonly note: string;
  readonly source: string;
  /** A place that nobody has verified. */
  readonly place: string;
}

const USUAL: TeamWords = {
  self: 'Amal',
  owner: 'Samir',
  coordinator: 'Huda',
  logger: 'Lina',
  note: 'By the northern road',
  source: 'Seen at the warehouse',
  place: 'Upper mill',
};

/** The other people of an operation, at work beside who looks at the screens. */
export class SmallTeam {
  readonly words: TeamWords;
  readonly convoy = CONVOY;
  /** Planned, and nobody said how it ended. */
  readonly planned = PLANNED;
  readonly #transport: Transport;
  readonly #samir: TestDevice;
  #changes = 100;

  private constructor(transport: Transport, samir: TestDevice, words: TeamWords) {
    this.#transport = transport;
    this.#samir = samir;
    this.words = words;
  }

  /** Its owner joins. */
  static async meet(server: TestServer, words = USUAL): Promise<SmallTeam> {
    const transport = overHttp(server.url);
    const token = server.inviteLink.split('#')[1] ?? '';
    return new SmallTeam(transport, await enrolDevice(transport, token, words.owner), words);
  }

  /** The token of an invite. */
  async invite(role: string, name: string): Promise<string> {
    const asked = { role, name, days: 3 };
    const { body } = await this.#transport(PATHS.invites, asked, this.#samir.enrolled.tokens.full);
    return (body as { token: string }).token;
  }

  /** Two people write different numbers and outcomes of one convoy, and a third is taken out. */
  async disagree(): Promise<void> {
    const samir = this.#samir;
    const { words } = this;
    const huda = await this.#join('coordinator', words.coordinator);
    const lina = await this.#join('logger', words.logger);
    const harasta = await this.#localityOf('Harasta');
    const told = { scope: 'convoy', localities: [harasta], status: 'delivered' };
    const first = await this.#push(samir, 'log', [
      { kind: 'convoy', record: CONVOY, values: { notes: words.note } },
      { kind: 'source', record: SOURCE, values: { kind: 'told', title: words.source } },
      {
        kind: 'report',
        record: REPORT,
        values: {
          ...told,
          convoy: CONVOY,
          source: SOURCE,
          date: '2016-06-20',
          trucks: { q: '=', n: 14 },
        },
      },
    ]);
    const seen = first.changes[2]?.id ?? '';
    const correct = (n: number): Draft => ({
      kind: 'report',
      record: REPORT,
      values: { trucks: { q: '=', n } },
      base: [seen],
    });
    await this.#push(samir, 'log', [correct(15)]);
    await pullAll(this.#transport, huda);
    await this.#push(huda, 'log', [correct(16)]);
    await this.#push(huda, 'log', [
      {
        kind: 'report',
        record: ACCOUNT,
        values: { ...told, convoy: CONVOY, source: SOURCE, date: '2016-06-20', status: 'denied' },
      },
    ]);
    await this.#push(huda, 'log', [
      { kind: 'convoy', record: OTHER, values: { notes: words.note } },
      {
        kind: 'report',
        record: OTHER_REPORT,
        values: {
          ...told,
          convoy: OTHER,
          source: SOURCE,
          date: '2016-06-21',
          trucks: { q: '=', n: 15 },
        },
      },
    ]);
    await this.#push(lina, 'log', [
      { kind: 'locality', record: PLACE, values: { _created: true, name: words.place } },
    ]);
    await this.#push(samir, 'log', [
      { kind: 'convoy', record: PLANNED, values: { _created: true } },
      {
        kind: 'report',
        record: PLAN,
        values: {
          ...told,
          convoy: PLANNED,
          source: SOURCE,
          date: '2016-06-23',
          status: 'planned',
          trucks: { q: '=', n: 12 },
        },
      },
    ]);
    // Two devices that are one: a number is used again.
    const same = { kind: 'convoy', record: OTHER, values: { notes: words.note } };
    for (const again of [same, same]) {
      await this.#push(huda, 'log', [again], { from: 1, replica: 'copied' });
    }
    await this.#transport(
      PATHS.revoke,
      { device: lina.enrolled.device, as: 'leaving' },
      samir.enrolled.tokens.full,
    );
    await this.#push(lina, 'log', [
      {
        kind: 'incident',
        record: INCIDENT,
        values: { localities: [harasta], date: '2016-06-21', constraint: 'VIOLENCE' },
      },
    ]);
  }

  async #join(role: string, name: string): Promise<TestDevice> {
    return enrolDevice(this.#transport, await this.invite(role, name), name);
  }

  async #localityOf(name: string): Promise<string> {
    const { log } = await pullAll(this.#transport, this.#samir);
    const made = log
      .flatMap(({ changes }) => changes)
      .find(({ kind, fields }) => kind === 'locality' && fields['name']?.value === name);
    if (!made) throw new Error(`no place ${name}`);
    return made.record;
  }

  async #push(
    device: TestDevice,
    stream: Stream,
    drafts: readonly Draft[],
    numbering: { from?: number; replica?: string } = {},
  ): Promise<Group> {
    const made = groupOf(device, drafts, { stream, deviceTime: '2016-06-30T08:30:00.000Z' });
    const changes = made.changes.map((change): Change => {
      this.#changes += 1;
      return { ...change, id: idOf(this.#changes) };
    });
    const group = { ...made, id: idOf(this.#changes + 100), changes };
    await pushGroups(this.#transport, device, [group], { pull: false, ...numbering });
    return group;
  }
}
