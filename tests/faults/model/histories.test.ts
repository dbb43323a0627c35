import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playHistory } from './history.ts';
import { keptHistories } from './kept.ts';
import { makeTemplate, type Template } from './template.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** Histories of this run, and the seed of the first: always the same (long.ts plays others). */
const COUNT = 400;
const FIRST = 1;

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());

for (const { rule, ...history } of keptHistories()) {
  test(`${rule}: the history of seed ${history.seed}, which failed, or would without a protection`, async () => {
    expect((await playHistory(template, history)).failure).toBeUndefined();
  });
}

test(
  `S1–S9, convergence: ${COUNT} histories of many devices from seed ${FIRST}`,
  async () => {
    const workers = Math.min(availableParallelism(), 4);
    const each = Math.ceil(COUNT / workers);
    const starts = Array.from({ length: workers }, (_, index) => FIRST + index * each);
    const outputs = await Promise.all(starts.map((start) => playApart(start, each)));
    const begun = outputs.map((output, at) => {
      const seeds = `seeds ${starts[at]} to ${(starts[at] ?? 0) + each - 1}: 0 failed`;
      const sums = /^seeds \d+ to \d+: 0 failed; .*: (?<begun>\d+)\n$/u.exec(output);
      expect(output).toMatch(seeds);
      return Number(sums?.groups?.['begun']);
    });
    // A way of beginning that no history takes is not tested, whatever passes.
    expect(begun.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(COUNT / 100);
  },
  COUNT * 10_000,
);

/** Histories in a process of their own: they take all of a core. */
function playApart(first: number, count: number): Promise<string> {
  const args = [MAIN, '--first', String(first), '--count', String(count), '--keep'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}
