import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CDPSession } from 'playwright-core';
import { buildPage, serveFolder } from '../support/built-page.ts';
import { Device } from '../support/device.ts';
import type { ChartsBench } from './charts-page.ts';
import { atMost, type Bench, beside, median, quantile } from './measure.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PAGE = 'charts-page.html';
const DRAWINGS = 7;
const FRAMES = 80;

declare const bench: ChartsBench;

/** Milliseconds that the page's own thread has computed: what else the machine does is not in it. */
async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
}

/** The access time line of 300 places over five years, in Chromium. */
export const chartsBench: Bench = {
  name: 'charts',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
    const device = new Device({ size: 'laptop' });
    let server: Server | undefined;
    try {
      await buildPage(PAGE, HERE, folder);
      const served = await serveFolder(folder, PAGE);
      server = served.server;
      const page = await device.start();
      await page.goto(served.url);
      await page.waitForFunction(() => 'bench' in window);
      const drawings: number[] = [];
      for (let index = 0; index < DRAWINGS; index += 1) {
        drawings.push(await page.evaluate(() => bench.draw()));
      }
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const before = await threadTime(session);
      const frames = await page.evaluate((count) => bench.frames(count), FRAMES);
      const spent = ((await threadTime(session)) - before) / FRAMES;
      const shapes = await page.evaluate(() => bench.shapes());
      const what = 'access time line, 300 places × 5 years';
      return [
        atMost(`${what}: first drawing, median`, median(drawings), 'ms', 100),
        beside(`${what}: the very first drawing of the page`, drawings[0] ?? NaN, 'ms'),
        atMost(`${what}: a pan or zoom frame, p95`, quantile(frames.work, 0.95), 'ms', 16),
        beside(`${what}: a pan or zoom frame, median`, median(frames.work), 'ms'),
        beside(`${what}: key to two frames later, median`, median(frames.whole), 'ms'),
        beside(
          `${what}: processor time of a frame, painting and waiting for it too, mean`,
          spent,
          'ms',
        ),
        beside(`${what}: elements in the page`, shapes, ''),
      ];
    } finally {
      server?.close();
      await device.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
