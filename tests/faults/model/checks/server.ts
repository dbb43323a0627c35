import type { Stream } from '#lib/changes/change.ts';
import { verifyStore } from '#lib/server/store-care/verify.ts';
import type { Server } from '#lib/server/server.ts';
import type { Cursor, PullResponse } from '#lib/protocol/wire.ts';
import { basesOf } from '#lib/server/sync/bases.ts';
import { groupOf, visible, type Published, type ServerRows } from '../server-rows.ts';
import { Broken, groupIn } from '../witness.ts';

const STREAMS: readonly Stream[] = ['log', 'movements'];

/** S3: what is stored stays as it is, under its number, and readable. */
export function checkStored(before: ServerRows, now: ServerRows): void {
  for (const [id, row] of before.groups) {
    const after = now.groups.get(id);
    if (!after) throw new Broken('S3', `the server has ${id} no more`);
    if (after.fixed !== row.fixed) throw new Broken('S3', `the server has ${id} otherwise`);
    if (row.state !== 'held' && after.state !== row.state) {
      throw new Broken('S3', `${id} was ${row.state} and is ${after.state}`);
    }
  }
  for (const stream of STREAMS) {
    const was = before.published[stream];
    const isPrefix = was.every((id, index) => now.published[stream][index] === id);
    if (!isPrefix) throw new Broken('S3', `${stream} was published in another order before`);
  }
}

/** What each cursor stands for: the last group that its reader had got with it. */
export type Places = Map<string, string>;

/**
 * S4: a page goes on where its reader was, in the order of publication, and leaves nothing out; or
 * it begins again with all that he may read. What others published after the page was read, and
 * before anybody could look, need not be in it; what was there before (`before`) has to be.
 */
export function checkPage(
  { rows, before }: { readonly rows: Published; readonly before: Published | undefined },
  member: string,
  cursors: Readonly<Partial<Record<Stream, Cursor | undefined>>>,
  pulled: PullResponse,
  places: Places,
): void {
  for (const stream of STREAMS) {
    const page = pulled.streams[stream];
    if (!page) continue;
    const all = visible(rows, member, stream);
    const given = page.groups.map((text) => groupIn(text).id);
    const cursor = cursors[stream];
    const last = cursor && cursor.seq > 0 ? places.get(placeOf(member, stream, cursor)) : '';
    if (last === undefined) continue; // of another past of the server
    const least = before ? visible({ ...before, roles: rows.roles }, member, stream).length : 0;
    const goesOnAt = (from: number): boolean => {
      const end = from + given.length;
      const isAll = page.more || end >= least;
      return isAll && given.join() === all.slice(from, end).join();
    };
    if (!goesOnAt(0) && !goesOnAt(all.indexOf(last) + 1)) {
      throw new Broken('S4', `${stream}: given ${given.join()} after ${last} of ${all.join()}`);
    }
    places.set(placeOf(member, stream, page.cursor), given.at(-1) ?? last);
  }
}

const placeOf = (member: string, stream: Stream, cursor: Cursor): string =>
  JSON.stringify([member, stream, cursor.seq, cursor.id]);

/** S3, S4, S9: the store is sound by its own measure, and no reader gets an effect before its cause. */
export async function checkStore(server: Server, rows: ServerRows): Promise<void> {
  const { flaws } = await verifyStore(server.store);
  const [flaw] = flaws;
  if (flaw) throw new Broken('S4', `the store has a flaw: ${flaw.rule} of ${flaw.id}`);
  const place = new Map(rows.published.log.map((id, index) => [id, index]));
  const groupOfChange = new Map<string, string>();
  for (const [id, row] of rows.groups) {
    if (row.state !== 'stored') continue;
    for (const change of groupOf(rows, id).changes) groupOfChange.set(change.id, id);
  }
  for (const id of rows.published.log) {
    for (const base of basesOf(groupOf(rows, id)).keys()) {
      const cause = groupOfChange.get(base) ?? '';
      if ((place.get(cause) ?? Infinity) > (place.get(id) ?? -1)) {
        throw new Broken('S9', `log has ${id} before ${cause || base}, on which it builds`);
      }
    }
  }
}
