import { afterEach, expect, test } from 'vitest';
import { forgetDevices, newDevice, save } from '../../../../tests/support/memory-device.ts';
import { MemoryServer } from '../../../../tests/support/memory-server.ts';
import { syncRound } from '../sync/round.ts';
import { SyncStatus } from './sync-status.svelte.ts';

afterEach(forgetDevices);

test('what waits is told as it is now, however many ask, and is left alone while it stays the same', async () => {
  const device = await newDevice(new MemoryServer());
  for (let i = 0; i < 250; i++) await save(device, `c${i}`, { name: `name ${i}` });
  const status = new SyncStatus(device.store, undefined);
  await Promise.all([status.refresh(), status.refresh(), status.refresh()]);
  expect(status.badge).toEqual({ kind: 'only_here', count: 250 });
  const { queued } = status;
  expect(queued.map(({ records }) => records[0]?.id)).toEqual(
    Array.from({ length: 250 }, (_, index) => `c${index}`),
  );
  await status.refresh();
  expect(status.queued).toBe(queued);

  const early = status.refresh();
  await syncRound(device.party);
  await Promise.all([early, status.refresh()]);
  expect(status.badge.kind).toBe('all_sent');
  expect(status.queued).toEqual([]);
});
