import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { Device } from '../support/device.ts';
import type { DeviceBench } from './device-page.ts';
import { atMost, type Bench, type BenchLine, beside, median, quantile } from './measure.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const SAVES = 60;
const UNLOCKS = 5;

declare const bench: DeviceBench;

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: HERE,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      rollupOptions: { input: join(HERE, 'device-page.html') },
    },
  });
}

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/device-page.html' : (request.url ?? '/');
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** A page anew, so that nothing is in memory. */
async function reopened(page: Page): Promise<void> {
  await page.reload();
  await page.waitForFunction(() => 'bench' in window);
}

async function unlocks(page: Page, count: number, budget: number): Promise<readonly BenchLine[]> {
  await page.evaluate((records) => bench.fill(records), count);
  const spent: Awaited<ReturnType<DeviceBench['unlock']>>[] = [];
  for (let i = 0; i < UNLOCKS; i++) {
    await reopened(page);
    spent.push(await page.evaluate(() => bench.unlock()));
  }
  const records = `${count.toLocaleString('en')} records, 4×`;
  const middle = (part: keyof (typeof spent)[number]): number =>
    median(spent.map((one) => one[part]));
  return [
    atMost(`unlock to the list of waits, ${records}`, middle('whole'), 'ms', budget),
    beside(`of it opening the rows, ${records}`, middle('opened'), 'ms'),
    beside(`of it reading the records, ${records}`, middle('read'), 'ms'),
    beside(`of it deriving convoys and waits, ${records}`, middle('derived'), 'ms'),
  ];
}

/** The device store in Chromium with its CPU throttled four times. */
export const deviceBench: Bench = {
  name: 'device',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
    const device = new Device();
    let server: Server | undefined;
    const lines: BenchLine[] = [];
    try {
      await buildPage(folder);
      server = await serve(folder);
      const page = await device.start();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => 'bench' in window);
      await page.evaluate(() => bench.fill(20_000));
      await slow(page);
      lines.push(...(await unlocks(page, 20_000, 1_000)));
      const saves = await page.evaluate((count) => bench.saves(count), SAVES);
      const slowest = quantile(saves, 0.95);
      lines.push(
        atMost('save a convoy with four stops, 20,000 records, 4×, p95', slowest, 'ms', 100),
      );
      const keystrokes = await page.evaluate(() => bench.search(10_000));
      lines.push(
        atMost('place search among 10,000 names, 4×, p95', quantile(keystrokes, 0.95), 'ms', 30),
      );
      lines.push(...(await unlocks(page, 50_000, 2_000)));
    } finally {
      server?.close();
      await device.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
    return lines;
  },
};
