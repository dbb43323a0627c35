import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type * as v from 'valibot';
import {
  snapshotPartRequest,
  snapshotRequest,
  type snapshotResponse,
} from '#lib/protocol/wire-records.ts';
import { takesGzip } from './answer.ts';
import { forMember, isoTime } from './endpoint.ts';

const inflate = promisify(gunzip);

export const snapshotEndpoint = forMember(snapshotRequest, async (server, caller, { schema }) => {
  const { epoch } = await server.store.db
    .selectFrom('operations')
    .select('epoch')
    .where('id', '=', caller.operation)
    .executeTakeFirstOrThrow();
  const offered = await server.snapshots.offer(caller, schema);
  const serverTime = isoTime(server.clock());
  const body: v.InferOutput<typeof snapshotResponse> = { epoch, ...offered, serverTime };
  return { body };
});

/** A part as it lies in the store: compressed once, for everybody. */
export const snapshotPartEndpoint = forMember(
  snapshotPartRequest,
  async (server, caller, asked, request) => {
    const bytes = await server.snapshots.part(caller, asked.snapshot, asked.part);
    if (!bytes) return { code: 'not_found' };
    const headers = new Headers({ 'Content-Type': 'application/json', Vary: 'Accept-Encoding' });
    if (!takesGzip(request)) return new Response(await inflate(bytes), { headers });
    headers.set('Content-Encoding', 'gzip');
    return new Response(new Uint8Array(bytes), { headers });
  },
);
