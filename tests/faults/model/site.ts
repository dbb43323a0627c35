import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { makeSnapshot } from '#lib/server/snapshots/make-snapshot.ts';
import { createServer, type Server } from '#lib/server/server.ts';
import { backup } from '#lib/server/store-care/backup.ts';
import { restore } from '#lib/server/store-care/restore.ts';
import { openStore } from '#lib/server/store/store.ts';
import { answerHere } from '../server/endpoints-by-path.ts';
import { beforeStatement } from './statements.ts';
import { copyStore, newFolder, NOON, settingsOf, type Template } from './template.ts';

/** Another past of the server's store, kept to come back to. */
export interface OldStore {
  readonly folder: string;
  readonly at: number;
}

/** The place where the server runs: the real server code over its own files, which can be lost. */
export class Site {
  /** Milliseconds; the server's clock is never wrong here, phones' clocks are. */
  now = NOON;
  /** How often the store lost something that it had said was stored. */
  losses = 0;
  server: Server;
  /** Requests that it has worked on. */
  requests = 0;
  /** How often the process died; who was waiting for an answer then gets none. */
  #deaths = 0;
  /** Settled when the process that died runs again. */
  #back: Promise<void> = Promise.resolve();
  readonly #folder: string;
  readonly #old: string[] = [];

  /** Threads that open envelopes: starting one costs as much as a history does. */
  readonly #openers: number;

  private constructor(server: Server, folder: string, openers: number) {
    this.server = server;
    this.#folder = folder;
    this.#openers = openers;
  }

  static async open(
    template: Template,
    { openers = 0 }: { readonly openers?: number } = {},
  ): Promise<Site> {
    const folder = newFolder();
    copyStore(template.folder, folder);
    const holder: { site?: Site } = {};
    const clock = (): number => holder.site?.now ?? NOON;
    const server = await createServer(settingsOf(folder), { clock, openers });
    const site = new Site(server, folder, openers);
    holder.site = site;
    return site;
  }

  /** Answers a request as it came over the wire. */
  async answer(path: string, init: RequestInit): Promise<Response> {
    await this.#back;
    const deaths = this.#deaths;
    this.now += 1_000;
    this.requests += 1;
    const request = new Request(`http://localhost${path}`, init);
    const answer = await answerHere(this.server, path, request);
    return deaths === this.#deaths ? answer : new Response('', { status: 502 });
  }

  /**
   * The process dies while it works on a request, after so many turns of its loop or before such a
   * statement: what was committed by then is what there is.
   */
  async crashIn(
    path: string,
    init: RequestInit,
    { ticks = 0, statements }: { readonly ticks?: number; readonly statements?: number },
  ): Promise<void> {
    await this.#back;
    const deaths = this.#deaths;
    const die = (): void => {
      if (deaths === this.#deaths) this.#back = this.#die(() => answered);
    };
    if (statements !== undefined) beforeStatement(statements, die);
    const answered = this.answer(path, init);
    if (statements === undefined) {
      for (let tick = 0; tick < ticks; tick++) await nextTick();
      die();
    }
    await Promise.allSettled([answered]);
    beforeStatement(Infinity, () => undefined);
    await this.#back;
  }

  /** Nobody hears of what was committed after this moment: it is gone with the process. */
  async #die(working: () => Promise<unknown>): Promise<void> {
    this.#deaths += 1;
    const image = newFolder();
    copyStore(this.#folder, image);
    await working();
    await this.#restartFrom(image);
    rmSync(image, { recursive: true, force: true });
  }

  async restart(): Promise<void> {
    await this.server.stop();
    await this.#start();
  }

  /** Snapshots for new devices, of all that there is now. */
  async makeSnapshots(): Promise<void> {
    const { store, keys } = this.server;
    const { operation } = await store.db
      .selectFrom('counters')
      .select('operation')
      .executeTakeFirstOrThrow();
    for (const audience of ['log', 'all'] as const) {
      await makeSnapshot(store, keys, operation, audience, this.now);
    }
  }

  keep(): OldStore {
    const folder = newFolder();
    this.#old.push(folder);
    copyStore(this.#folder, folder);
    return { folder, at: this.now };
  }

  /** The files of another day in the place of today's; nobody tells the devices. */
  async rollBack(old: OldStore): Promise<void> {
    await this.#restartFrom(old.folder);
    this.losses += 1;
  }

  /** A backup of another day, restored as the operator's manual says: a new epoch. */
  async restore(old: OldStore): Promise<void> {
    const store = await openStore(settingsOf(old.folder));
    const file = join(old.folder, 'backup');
    await backup(store, file, old.at);
    await store.close();
    await this.server.stop();
    const place = settingsOf(this.#folder);
    const target = await openStore(place);
    const restored = await restore(target, place, file, this.now);
    await target.close();
    if (!restored.ok) throw new Error(restored.error.type);
    await this.#start();
    this.losses += 1;
  }

  async close(): Promise<void> {
    await this.server.stop();
    for (const folder of [this.#folder, ...this.#old])
      rmSync(folder, { recursive: true, force: true });
  }

  async #restartFrom(folder: string): Promise<void> {
    await this.server.stop();
    copyStore(folder, this.#folder);
    await this.#start();
  }

  async #start(): Promise<void> {
    const options = { clock: () => this.now, openers: this.#openers };
    this.server = await createServer(settingsOf(this.#folder), options);
  }
}
