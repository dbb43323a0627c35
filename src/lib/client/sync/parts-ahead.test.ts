import { expect, test } from 'vitest';
import { PartsAhead, UNDER_WAY } from './parts-ahead.ts';

/** A network on which parts come when the test says so. */
function network(from: number, end: number) {
  const come = new Map<number, () => void>();
  const asked: number[] = [];
  const ahead = new PartsAhead(from, end, async (part) => {
    asked.push(part);
    await new Promise<void>((resolve) => come.set(part, resolve));
    return part;
  });
  const arrive = async (...parts: number[]): Promise<void> => {
    for (const part of parts) come.get(part)?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ahead, asked, arrive };
}

test('parts come in their order, all that are here at once, whichever came first', async () => {
  const { ahead, asked, arrive } = network(3, 6);
  const taking = ahead.take();
  expect(asked).toEqual([3, 4]);
  await arrive(4);
  await arrive(3);
  expect(await taking).toEqual([3, 4]);
  await arrive(5);
  expect(await ahead.take()).toEqual([5]);
  expect(await ahead.take()).toEqual([]);
});

test('no more are under way or kept than may be, however long nobody takes them', async () => {
  const { ahead, asked, arrive } = network(0, 20);
  expect(asked).toHaveLength(UNDER_WAY);
  for (let part = 0; part < 10; part++) await arrive(part);
  expect(asked).toEqual([0, 1, 2, 3]);
  expect(await ahead.take()).toEqual([0, 1, 2, 3]);
  expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
});

test('after the end nothing is asked for', async () => {
  const { ahead, asked, arrive } = network(0, 20);
  ahead.stop();
  await arrive(0, 1);
  expect(asked).toEqual([0, 1]);
});

test('a part that throws is told to who takes it', async () => {
  const ahead = new PartsAhead(0, 1, () => Promise.reject(new Error('no')));
  await expect(ahead.take()).rejects.toThrow('no');
});
