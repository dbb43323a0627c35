import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { asked, inStep } from './gathering.ts';

const doubled = (log: number[][]) => async (items: readonly number[]) => {
  log.push([...items]);
  await Promise.resolve();
  return items.map((item) => item * 2);
};

test('pieces of work that ask the same at the same step are asked for together', async () => {
  const log: number[][] = [];
  const ask = doubled(log);
  const results = await inStep([1, 2, 3], async (part, gather) => {
    const first = await gather('double', ask, part);
    return gather('double', ask, first);
  });
  expect(results).toEqual([4, 8, 12]);
  expect(log).toEqual([
    [1, 2, 3],
    [2, 4, 6],
  ]);
});

test('each gets his own answers, whatever the others ask and however long they take', async () => {
  const steps = fc.array(fc.array(fc.record({ key: fc.nat(2), away: fc.nat(4) })), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (parts) => {
      const log: number[][] = [];
      const results = await inStep(parts, async (part, gather) => {
        let sum = 0;
        for (const [index, { key, away }] of part.entries()) {
          for (let i = 0; i < away; i += 1) await Promise.resolve();
          sum += await gather(String(key), doubled(log), index);
        }
        return sum;
      });
      const sums = parts.map((part) => part.reduce((sum, _, index) => sum + 2 * index, 0));
      expect(results).toEqual(sums);
      expect(log.flat()).toHaveLength(parts.flat().length);
    }),
  );
});

test('one that fails takes no other with it, and is thrown when all have ended', async () => {
  const ended: number[] = [];
  const work = inStep([1, 2, 3], async (part, gather) => {
    if (part === 2) throw new Error('two');
    await gather('double', doubled([]), part);
    ended.push(part);
  });
  await expect(work).rejects.toThrow('two');
  expect(ended).toEqual([1, 3]);
});

test('what failed first is thrown, not what failed because of it', async () => {
  const asked: string[] = [];
  const ask = (key: string) => () => {
    asked.push(key);
    return Promise.reject(new Error(asked.length === 1 ? 'why' : 'because of it'));
  };
  const work = inStep(['later', 'first'], async (part, gather) => {
    if (part === 'later') await gather('x', () => Promise.resolve([1]), 1);
    await gather(part, ask(part), part);
  });
  await expect(work).rejects.toThrow('why');
});

test('an answer that fails is thrown to all who asked for it', async () => {
  const failing = () => Promise.reject(new Error('away'));
  await expect(inStep([1, 2], (part, gather) => gather('x', failing, part))).rejects.toThrow(
    'away',
  );
});

test('what comes in one turn, or while a question is under way, is asked together after it', async () => {
  const log: number[][] = [];
  const waits: (() => void)[] = [];
  const ask = asked(async (items: readonly number[]) => {
    log.push([...items]);
    await new Promise<void>((resolve) => waits.push(resolve));
    return items.map((item) => item * 2);
  });
  const first = [1, 2].map((item) => ask(item));
  await vi.waitFor(() => expect(log).toEqual([[1, 2]]));
  const later = [3, 4].map((item) => ask(item));
  waits.shift()?.();
  expect(await Promise.all(first)).toEqual([2, 4]);
  await vi.waitFor(() => expect(waits).toHaveLength(1));
  waits.shift()?.();
  expect(await Promise.all(later)).toEqual([6, 8]);
  expect(log).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a question that fails is thrown to those who asked it, and the next is asked', async () => {
  let times = 0;
  const ask = asked((items: readonly number[]) => {
    times += 1;
    return times === 1 ? Promise.reject(new Error('away')) : Promise.resolve(items);
  });
  await expect(ask(1)).rejects.toThrow('away');
  expect(await ask(2)).toBe(2);
});
