import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomId } from '#lib/crypto/random.ts';
import { SCHEMA } from '#lib/changes/change.ts';
import { PATHS } from '#lib/protocol/paths.ts';
import { decodeSnapshotPage, SNAPSHOT_FORMAT } from '#lib/protocol/snapshot-codec.ts';
import type { SnapshotResponse } from '#lib/protocol/wire-records.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { enrolDevice, groupOf, overHttp, pushGroups } from '../server/device.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ env: { CROSSLINE_SNAPSHOT_FROM: '3' } });
}, 300_000);

afterAll(() => server.remove());

test('the built server makes snapshots in its worker and answers them compressed', async () => {
  const http = overHttp(server.url);
  const device = await enrolDevice(http, server.inviteLink.split('#')[1] ?? '', 'Owner');
  const groups = Array.from({ length: 3 }, (_, n) =>
    groupOf(device, [{ kind: 'locality', record: randomId(), values: { name: `Place ${n}` } }]),
  );
  await pushGroups(http, device, groups);
  const token = device.enrolled.tokens.full;
  let offered: SnapshotResponse;
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const asked = { schema: SCHEMA, format: SNAPSHOT_FORMAT };
    offered = (await http(PATHS.snapshot, asked, token)).body as SnapshotResponse;
  } while (offered.wait !== null);
  expect(offered.snapshot).toMatchObject({ records: 3, cursors: { log: { seq: 3 } } });
  const part = await fetch(`${server.url}${PATHS.snapshotPart}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ snapshot: offered.snapshot?.id, part: 0 }),
  });
  expect(part.headers.get('content-encoding')).toBe('gzip');
  const page = decodeSnapshotPage(new Uint8Array(await part.arrayBuffer()));
  expect(page).toMatchObject({ ok: true, value: { length: 3 } });
});
