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

export const snapshotEndpoint = forMember(snapshotRequest, async (server, caller, asked) => {
  const { epoch } = await server.store.db
    .selectFrom('operations')
    .select('epoch')
    .where('id', '=', caller.operation)
    .executeTakeFirstOrThrow();
  const offered = await server.snapshots.offer(caller, asked);
  const serverTime = isoTime(server.clock());
  const body: v.InferOutput<typeof snapshotResponse> = { epoch, ...offered, serverTime };
  return { body };
});

/** A part as it lies in the store: compressed once, for everybody. */
export const snapshotPartEndpoint = forMember(
  snapshotPartRequest,
  async (server, caller, asked, call) => {
    const bytes = await server.snapshots.part(caller, asked.snapshot, asked.part);
    if (!bytes) return { code: 'not_found' };
    const headers = { 'Content-Type': 'application/x-ndjson', Vary: 'Accept-Encoding' };
    if (!takesGzip(call)) return { status: 200, headers, body: await inflate(bytes) };
    const compressed = { ...headers, 'Content-Encoding': 'gzip' };
    return { status: 200, headers: compressed, body: new Uint8Array(bytes) };
  },
);
