import { dismiss } from '#lib/client/db/queue-state.ts';
import { tidy } from '#lib/client/db/tidy.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { PullRequest, PullResponse, PushRequest, PushResponse } from '#lib/protocol/wire.ts';
import { revokeDevice } from '#lib/server/people/devices.ts';
import type { Inviter } from '#lib/server/people/invites.ts';
import { changeRole } from '#lib/server/people/roles.ts';
import { seededRandom } from '../server/seed.ts';
import { checkFold, checkNumbers, checkQueue, checkSaved, type LetGo } from './checks/phone.ts';
import { checkReleased } from './checks/release.ts';
import { checkPage, checkStored, type Places } from './checks/server.ts';
import { damageRow, readPlain, type Plain } from './disk.ts';
import { editsOf } from './edits.ts';
import { hasEnded } from './ended.ts';
import { Life } from './life.ts';
import type { Network } from './network.ts';
import { pick, type Call, type Operation } from './operations.ts';
import { Phone, type Tab } from './phone.ts';
import { groupsUnder, readPublished, readServer, visible, type ServerRows } from './server-rows.ts';
import type { OldStore, Site } from './site.ts';
import { enrolPerson } from './template.ts';
import { Broken, Witness, type Heard } from './witness.ts';

const HOUR = 3_600_000;

type AtPhone = Extract<Operation, { readonly phone: number }>;
type InTab = Extract<Operation, { readonly tab: number }>;
type AtServer = Exclude<
  Operation,
  AtPhone | { readonly does: 'together' | 'at_copy' | 'at_newest' }
>;

/** A history while it is played: the server, the phones, and what is known from outside. */
export class Stage {
  readonly site: Site;
  readonly phones: Phone[];
  readonly witness = new Witness();
  readonly network: Network;
  /** Which operation is being played. */
  at = 0;
  /** Something happened after which numbers may be used twice, or be missing. */
  mayRenumber = false;
  readonly #before = new Map<Phone, Plain>();
  readonly #letGo = new Map<Phone, LetGo>();
  readonly #places: Places = new Map();
  readonly #touched = new Set<Phone>();
  /** What happens, or happened, while requests of this operation were under way. */
  readonly #meanwhile: Promise<void>[] = [];
  #server: { readonly rows: ServerRows; readonly requests: number } | undefined;
  #old: OldStore[] = [];

  constructor(site: Site, phones: Phone[]) {
    this.site = site;
    this.phones = phones;
    this.network = {
      site,
      witness: this.witness,
      late: [],
      meanwhile: (operation) => {
        const done = this.#do(operation);
        this.#meanwhile.push(done);
        return done;
      },
      answered: (heard) => this.#checkAnswer(heard),
    };
  }

  async play(operation: Operation): Promise<void> {
    await this.#do(operation);
    // Who was waiting for it may have been killed by it: it ends before anything else begins.
    for (let one = this.#meanwhile.pop(); one; one = this.#meanwhile.pop()) {
      if (!(await hasEnded(one))) throw new Broken('no end', `in ${operation.does}`);
    }
    await this.check();
  }

  /** The phone with this number, or another one that is still there. */
  phone(number: number): Phone | undefined {
    const alive = this.phones.filter((phone) => !phone.isWiped);
    return alive[number % Math.max(alive.length, 1)];
  }

  async #do(operation: Operation): Promise<void> {
    if (operation.does === 'together') {
      await Promise.all(operation.all.map((one) => this.#do(one)));
    } else if (operation.does === 'at_newest') {
      const newest = this.phones.findLast((phone) => phone.copyOf === undefined && !phone.isWiped);
      const { operation: inner } = operation;
      if (newest && 'phone' in inner) await this.#atPhone(newest, inner);
    } else if (operation.does === 'at_copy') {
      const copy = this.phones.findLast((one) => one.copyOf === this.phone(operation.of)?.index);
      const { operation: inner } = operation;
      if (copy && !copy.isWiped && 'phone' in inner) await this.#atPhone(copy, inner);
    } else if ('phone' in operation) {
      const phone = this.phone(operation.phone);
      if (phone) await this.#atPhone(phone, operation);
    } else {
      await this.#atServer(operation);
    }
  }

  async #atPhone(phone: Phone, operation: AtPhone): Promise<void> {
    this.#touched.add(phone);
    switch (operation.does) {
      case 'restart':
        phone.kill();
        if (operation.damages !== undefined) await damageRow(phone.disk, operation.damages);
        await phone.open();
        return;
      case 'locked_send':
        phone.kill();
        return this.#sendLocked(phone, operation);
      case 'clone':
        if (this.phones.length > 8) return;
        this.mayRenumber = true;
        this.phones.push(await Phone.cloneOf(phone, this.phones.length));
        return;
      case 'image':
        phone.kept = await phone.copy(this.at);
        return;
      case 'put_back':
        return this.#putBack(phone);
      case 'role':
        return this.#changeRole(phone, operation.role);
      case 'revoke':
        return this.#revoke(phone, operation.as);
      case 'open_tab':
        if (phone.tabs.length < 3) await phone.open();
        return;
      default:
        return this.#inTab(phone, operation);
    }
  }

  async #inTab(phone: Phone, operation: InTab): Promise<void> {
    const tab = await phone.tab(operation.tab);
    if (operation.killAfter !== undefined) tab.life.killAfter(operation.killAfter);
    tab.life.isFull = 'isFull' in operation && operation.isFull === true;
    try {
      await this.#act(phone, tab, operation);
    } catch (thrown) {
      if (!tab.life.isOver && !tab.life.isFull) throw thrown;
      if (thrown instanceof Broken) throw thrown;
    }
    tab.life.isFull = false;
    tab.life.spare();
    if (tab.life.isOver) phone.close(tab);
  }

  async #act(phone: Phone, tab: Tab, operation: InTab): Promise<void> {
    switch (operation.does) {
      case 'open_tab':
        return; // it is open by now
      case 'save': {
        const { what, seed } = operation;
        const edits = editsOf(tab.store.states, phone.role, what, seed);
        const saved =
          what === 'newer' && !('_created' in (edits[0]?.values ?? {}))
            ? await phone.saveNewer(tab, edits, this.site.now)
            : await phone.save(tab, edits, this.site.now);
        const promise = { phone: phone.index, operation: this.at };
        for (const id of saved) this.witness.promised.set(id, { ...promise, diskIsGone: false });
        return;
      }
      case 'sync':
        tab.calls.splice(0, Infinity, ...operation.calls);
        return this.sync(phone, tab);
      case 'catch_up':
        await tab.store.catchUp();
        return;
      case 'close_tab':
        phone.close(tab);
        return;
      case 'tidy':
        await tidy(tab.store);
        return;
      case 'dismiss': {
        const [row] = await tab.store.db.attention.toArray();
        if (!row) return;
        this.mayRenumber = true; // its number may never have reached the server
        this.witness.dismissed.add(row.group);
        await dismiss(tab.store, row.group);
      }
    }
  }

  /** A round, and what the application does when it hears that it was revoked. */
  async sync(phone: Phone, tab: Tab): Promise<void> {
    this.#touched.add(phone);
    const outcome = await phone.sync(tab, this.network);
    tab.calls.length = 0;
    if (outcome.type !== 'revoked' || !outcome.as || tab.life.isOver) return;
    await Promise.all(phone.tabs.map((open) => open.store.close()));
    phone.kill();
    // Locked, a device that is leaving sends what was saved until now, and then wipes itself (S6).
    if (outcome.as === 'leaving') await this.#sendLocked(phone, {});
    else this.#wipe(phone);
  }

  async #sendLocked(
    phone: Phone,
    { calls = [], killAfter }: { calls?: readonly Call[]; killAfter?: number | undefined },
  ): Promise<void> {
    this.#touched.add(phone);
    const life = new Life();
    if (killAfter !== undefined) life.killAfter(killAfter);
    try {
      const outcome = await phone.sendLocked(life, this.network, [...calls]);
      if (outcome === 'revoked') await this.#checkWipe(phone);
    } catch (thrown) {
      if (!life.isOver || thrown instanceof Broken) throw thrown;
    } finally {
      phone.relaxedWrites += life.relaxedWrites;
      life.end();
    }
  }

  /** S6: only a device that was lost, or its owner, throws away what waits. */
  async #checkWipe(phone: Phone): Promise<void> {
    const { queue } = await readPlain(phone.disk);
    const waiting = queue.find((row) => row.acked === 0);
    const { revoked } = await readServer(this.site.server);
    if (waiting && revoked.get(phone.person.enrolled.device) !== 'lost') {
      throw new Broken('S6', `phone ${phone.index} is to be wiped with ${waiting.group} waiting`);
    }
    this.#wipe(phone);
  }

  #wipe(phone: Phone): void {
    phone.kill();
    phone.isWiped = true;
    this.#loseDisk(phone, -1);
  }

  async #atServer(operation: AtServer): Promise<void> {
    const { site, network } = this;
    switch (operation.does) {
      case 'late_arrives': {
        const at = Math.floor(seededRandom(operation.seed)() * network.late.length);
        const [late] = network.late.splice(at, 1);
        if (late) await site.answer(late.path, late.init);
        return;
      }
      case 'hours':
        site.now += operation.hours * HOUR;
        return site.server.sweep();
      case 'server_restart':
        return site.restart();
      case 'server_snapshot':
        return site.makeSnapshots();
      case 'newcomer':
        return this.#enrolNewcomer(operation.role);
      case 'server_keep':
        this.#old.push(site.keep());
        return;
      case 'server_roll_back':
      case 'server_restore': {
        if (this.#old.length === 0) {
          this.#old.push(site.keep()); // to come back to another time
          return;
        }
        const old = pick(seededRandom(operation.seed), this.#old);
        if (operation.does === 'server_roll_back') await site.rollBack(old);
        else await site.restore(old);
        await this.#afterLoss();
      }
    }
  }

  async #enrolNewcomer(role: Role): Promise<void> {
    if (this.phones.length > 8) return;
    const owner = (this.phones[0] as Phone).person;
    const person = await enrolPerson(this.site.server, owner, role, this.site.now);
    this.phones.push(await Phone.enrolled(this.phones.length, person, 0));
    this.#server = undefined;
  }

  /** Roles and revocations are the server's own: it may have forgotten them too. */
  async #afterLoss(): Promise<void> {
    this.mayRenumber = true;
    this.#server = undefined;
    const { roles } = await readServer(this.site.server);
    for (const phone of this.phones)
      phone.role = roles.get(phone.person.enrolled.member) ?? phone.role;
  }

  async #putBack(phone: Phone): Promise<void> {
    const { kept } = phone;
    if (!kept) {
      phone.kept = await phone.copy(this.at); // to come back to another time
      return;
    }
    this.mayRenumber = true;
    await phone.putBack(kept);
    this.#loseDisk(phone, kept.at);
  }

  /** What was saved on this disk after some operation is on it no more. */
  #loseDisk(phone: Phone, after: number): void {
    for (const promise of this.witness.promised.values()) {
      if (promise.phone === phone.index && promise.operation >= after) promise.diskIsGone = true;
    }
    this.#before.delete(phone);
  }

  async #changeRole(phone: Phone, role: Phone['role']): Promise<void> {
    const { member } = phone.person.enrolled;
    if (phone.role === 'owner') return;
    const owner = this.#owner();
    await changeRole(this.site.server.store, owner, member, role, this.site.now);
    for (const other of this.phones) {
      if (other.person.enrolled.member !== member) continue;
      other.role = role;
      other.hadOtherRole = true;
    }
  }

  async #revoke(phone: Phone, as: 'leaving' | 'lost'): Promise<void> {
    const owner = this.#owner();
    const { device } = phone.person.enrolled;
    if (owner.device !== device) {
      await revokeDevice(this.site.server.store, owner, device, as, this.site.now);
    }
  }

  #owner(): Inviter & { readonly member: string } {
    const { operation, member, device } = (this.phones[0] as Phone).person.enrolled;
    return { operation, member, device, role: 'owner' };
  }

  async #checkAnswer({ phone, path, request, text }: Omit<Heard, 'acked'>): Promise<string[]> {
    const { server } = this.site;
    if (path === PATHS.snapshotPart) return this.#readable(phone);
    if (path !== PATHS.push && path !== PATHS.pull) return [];
    const answer = JSON.parse(text) as PushResponse | PullResponse;
    const { cursors, ...push } = JSON.parse(request) as Pick<PullRequest, 'cursors'> & PushRequest;
    const pulled = 'streams' in answer ? answer : answer.pulled;
    const { member, device } = (this.phones[phone] as Phone).person.enrolled;
    if (pulled) {
      const looks = { rows: await readPublished(server), before: this.#server?.rows };
      checkPage(looks, member, cursors, pulled, this.#places);
    }
    if ('streams' in answer) return [];
    const to = Math.min(answer.acked ?? 0, push.from + push.envelopes.length - 1);
    return groupsUnder(server, `${device}/${push.replica}`, push.from, to);
  }

  /** A snapshot holds what its reader may read. */
  async #readable(phone: number): Promise<string[]> {
    const { member } = (this.phones[phone] as Phone).person.enrolled;
    const rows = await readPublished(this.site.server);
    return [...visible(rows, member, 'log'), ...visible(rows, member, 'movements')];
  }

  /** Everything that can be seen from outside, of what was touched since the last look. */
  async check(): Promise<void> {
    if (this.witness.broken) throw this.witness.broken;
    const { requests } = this.site;
    if (this.#server?.requests !== requests) {
      const rows = await readServer(this.site.server);
      if (this.#server) {
        checkStored(this.#server.rows, rows);
        checkReleased(this.#server.rows, rows, this.site.now);
      }
      this.#server = { rows, requests };
    }
    for (const phone of this.#touched) if (!phone.isWiped) await this.#checkPhone(phone);
    this.#touched.clear();
  }

  async #checkPhone(phone: Phone): Promise<void> {
    const now = await readPlain(phone.disk);
    const before = this.#before.get(phone);
    const letGo = this.#letGo.get(phone) ?? new Set();
    this.#letGo.set(phone, letGo);
    if (before) {
      checkQueue(phone, before, now, letGo, this.witness);
      checkNumbers(phone, before, now);
    }
    checkSaved(phone, now, letGo, this.witness);
    this.#before.set(phone, now);
  }

  /** What a phone shows when its application is opened anew. */
  async checkOpened(phone: Phone, seed: number): Promise<{ tab: Tab; plain: Plain }> {
    phone.kill();
    const tab = await phone.open();
    const plain = await readPlain(phone.disk);
    if (!phone.told.hasSnapshot) await checkFold(phone, tab, plain, seed);
    return { tab, plain };
  }
}
