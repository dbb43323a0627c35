import { expect, test } from 'vitest';
import { err } from '#lib/domain/result.ts';
import type { Store } from '../store/store.ts';
import { createCommitter } from './committer.ts';

test('nothing is idle while a push is being opened', async () => {
  const options = { clock: () => 0, releaseAfter: 0, committed: () => undefined };
  const committer = createCommitter({} as Store, options);
  let open = (): void => undefined;
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  const order: string[] = [];
  const push = committer.commit(async () => {
    await opening;
    order.push('opened');
    return err('too_large');
  });
  const idle = committer.idle().then(() => order.push('idle'));
  await new Promise((resolve) => setImmediate(resolve));
  open();
  await Promise.all([push, idle]);
  expect(order).toEqual(['opened', 'idle']);
});
