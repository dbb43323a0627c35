import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { Device } from '../support/device.ts';
import type { FoldAnewPage } from './fold-anew-page.ts';
import { type Bench, beside } from './measure.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
const GROUPS = 20_000;

declare const foldAnewPage: FoldAnewPage;

async function serve(folder: string): Promise<Server> {
  await build({
    configFile: false,
    root: HERE,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      rollupOptions: { input: join(HERE, 'fold-anew-page.html') },
    },
  });
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/fold-anew-page.html' : (request.url ?? '/');
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

/** The first minutes after an update: what there is no budget for, and nobody may wait for. */
export const foldAnewBench: Bench = {
  name: 'fold-anew',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossline-bench-'));
    const device = new Device();
    let server: Server | undefined;
    try {
      server = await serve(folder);
      const page = await device.start();
      page.setDefaultTimeout(200_000);
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => 'foldAnewPage' in window);
      await page.evaluate((count) => foldAnewPage.fill(count), GROUPS);
      await page.reload();
      await page.waitForFunction(() => 'foldAnewPage' in window);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      const { ms, first, blocked, records, saves } = await page.evaluate(() => foldAnewPage.read());
      const what = `${GROUPS.toLocaleString('en')} groups (${records.toLocaleString('en')} records) read anew after an update, 4×`;
      return [
        beside(what, ms, 'ms'),
        beside(`${what}: until there is a count`, first, 'ms'),
        beside(`${what}: longest that the page is blocked`, blocked, 'ms'),
        beside(`${what}: the slowest of ${saves.length} saves meanwhile`, Math.max(...saves), 'ms'),
      ];
    } finally {
      server?.close();
      await device.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
