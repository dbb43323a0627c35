import './structured-clone.ts';
import './webcrypto.ts';
import {
  checkConvergence,
  checkLeft,
  checkNothingLost,
  checkQuiet,
  checkRenumberings,
  checkSetAside,
  checkWiped,
  type Survivor,
} from './checks/convergence.ts';
import { checkShown } from './checks/phone.ts';
import { checkStore } from './checks/server.ts';
import { readPlain } from './disk.ts';
import type { History } from './operations.ts';
import { Phone } from './phone.ts';
import { Stage } from './play.ts';
import { seedRandomness } from './randomness.ts';
import { readServer } from './server-rows.ts';
import { Site } from './site.ts';
import type { Template } from './template.ts';
import { seededRandom } from '../server/seed.ts';
import { Broken } from './witness.ts';

/** How a history went wrong: which rule, and at which of its operations (its length: at the end). */
export interface Failure {
  readonly rule: string;
  readonly message: string;
  readonly at: number;
}

const YEARS = 365 * 86_400_000;
/** Rounds of everybody after which nobody has anything left to say, or never will. */
const MOST_PASSES = 12;

/** What became of a history. */
export interface Played {
  readonly failure: Failure | undefined;
  /** How many of its phones took records out of a snapshot. */
  readonly begunWithSnapshot: number;
}

/** Plays a history, heals everything at its end, and says which rule did not hold. */
export async function playHistory(template: Template, history: History): Promise<Played> {
  const restore = seedRandomness(history.seed);
  // Envelopes are opened by the same code in a thread of its own, where there is one.
  const site = await Site.open(template, { openers: history.seed % 16 === 0 ? 1 : 0 });
  const random = seededRandom(history.seed);
  const people = template.people.slice(0, history.phones);
  const phones = await Promise.all(
    people.map((person, index) => Phone.enrolled(index, person, (random() - 0.5) * 18 * YEARS)),
  );
  const stage = new Stage(site, phones);
  let failure: Failure | undefined;
  try {
    for (const operation of history.operations) {
      await stage.play(operation);
      stage.at += 1;
    }
    await heal(stage, history.seed);
  } catch (thrown) {
    const rule = thrown instanceof Broken ? thrown.rule : 'no crash';
    const message = thrown instanceof Broken ? thrown.message : String((thrown as Error).stack);
    failure = { rule, message, at: stage.at };
  } finally {
    for (const phone of stage.phones) phone.kill();
    await site.close();
    restore();
  }
  const begunWithSnapshot = phones.filter((phone) => phone.told.hasSnapshot).length;
  return { failure, begunWithSnapshot };
}

/** The network is sound again, late requests have arrived, everybody syncs until all is quiet. */
async function heal(stage: Stage, seed: number): Promise<void> {
  while (stage.network.late.length > 0) await stage.play({ does: 'late_arrives', seed });
  for (const phone of stage.phones) if (!phone.isWiped) await stage.checkOpened(phone, seed);
  await untilQuiet(stage);
  const rows = await readServer(stage.site.server);
  await checkStore(stage.site.server, rows);
  const survivors: Survivor[] = [];
  for (const phone of stage.phones) {
    if (!phone.isWiped) survivors.push({ phone, ...(await stage.checkOpened(phone, seed + 1)) });
  }
  for (const survivor of survivors) {
    checkWiped(survivor, rows);
    await checkLeft(survivor);
    checkQuiet(survivor, rows);
    await checkSetAside(survivor);
    checkConvergence(survivor, rows, stage.site.losses);
  }
  checkNothingLost(survivors, rows, stage.witness);
  checkRenumberings(stage.witness, stage.mayRenumber);
}

async function untilQuiet(stage: Stage): Promise<void> {
  let before = '';
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    for (const phone of stage.phones) {
      if (phone.isWiped) continue;
      if (pass > 0) phone.kill(); // at first each has just been opened
      const tab = await phone.tab(0);
      await stage.sync(phone, tab);
      await stage.check();
      if (!tab.life.isOver) await checkShown(phone, tab);
    }
    const now = await whatIsSaid(stage);
    if (now === before) return;
    before = now;
  }
  throw new Broken('quiet', 'they never come to an end');
}

async function whatIsSaid({ site, phones }: Stage): Promise<string> {
  const { published, groups } = await readServer(site.server);
  const states = [...groups.values()].map(({ id, state }) => `${id} ${state}`);
  const queues = [];
  for (const phone of phones) {
    if (phone.isWiped) continue;
    const { queue, groups: own, attention, cursors } = await readPlain(phone.disk);
    const plain = own.map(({ id, held, confirmed }) => [id, held, confirmed]);
    queues.push([queue.map((row) => row.group), plain, attention, cursors]);
  }
  return JSON.stringify([published, states, queues]);
}
