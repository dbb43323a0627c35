import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { BuildSizes } from '../../scripts/build-sizes.ts';
import { CrosslineApp } from '../e2e/crossline-app.ts';
import { wordsOf } from '../e2e/words.ts';
import { Device } from '../support/device.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { atMost, type Bench, type BenchLine } from './measure.ts';

const KB = 1_024;
const SIZES = new URL('../../build/sizes.json', import.meta.url);
/** 400 kbit/s in bytes a second, and a round trip of 400 ms. */
const SLOW_LINK = {
  offline: false,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
  latency: 400,
};

interface Weight {
  readonly bytes: () => Promise<number>;
  /** The files that weigh most, for a person who wants to know why. */
  readonly heaviest: () => Promise<string>;
}

/** Weighs the scripts and styles that a page asks for from now on, each once, after gzip. */
function weighed(page: Page): Weight {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const kind = response.request().resourceType();
    if (kind !== 'script' && kind !== 'stylesheet') return;
    const size = response.body().then(
      (body) => gzipSync(body).length,
      () => 0,
    );
    sizes.set(response.url(), size);
  });
  const weights = async (): Promise<(readonly [name: string, bytes: number])[]> =>
    Promise.all(
      [...sizes].map(async ([url, size]) => [url.split('/').at(-1) ?? url, await size] as const),
    );
  return {
    bytes: async () => (await weights()).reduce((sum, [, size]) => sum + size, 0),
    heaviest: async () =>
      (await weights())
        .sort(([, one], [, other]) => other - one)
        .slice(0, 12)
        .map(([name, size]) => `${name} ${(size / KB).toFixed(1)}`)
        .join(', '),
  };
}

/** What a person could use: a field or a button that is there and not switched off. */
const isInteractive = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('main button, main input, main a')].some(
    (element) => element.checkVisibility() && !element.hasAttribute('disabled'),
  );

async function firstLoad(server: TestServer): Promise<readonly BenchLine[]> {
  const device = new Device();
  try {
    const page = await device.start();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_LINK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const weight = weighed(page);
    const start = performance.now();
    await page.goto(server.inviteLink, { waitUntil: 'commit' });
    await page.waitForFunction(isInteractive, undefined, { timeout: 60_000, polling: 50 });
    const seconds = (performance.now() - start) / 1_000;
    return [
      atMost('first load of the join screen, 400 kbit/s, 400 ms, 4×', seconds, 's', 5),
      atMost('JS and CSS to the join screen, gzip', (await weight.bytes()) / KB, 'KB', 60),
    ];
  } finally {
    await device.dispose();
  }
}

async function afterJoining(server: TestServer): Promise<readonly BenchLine[]> {
  const device = new Device();
  try {
    await device.start();
    const app = new CrosslineApp(device, await wordsOf('en'));
    await app.join(server.inviteLink, 'Owner');
    await app.waitUntilOffline();
    const weight = weighed(app.page);
    await app.page.goto(`${server.url}/log/new`);
    await app.unlock();
    await app.page.getByRole('combobox').first().waitFor();
    const bytes = await weight.bytes();
    if (bytes > 120 * KB) console.error(`to log a convoy: ${await weight.heaviest()} KB`);
    await server.stop();
    const page = await device.restart();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const start = performance.now();
    await page.goto(`${server.url}/`, { waitUntil: 'commit' });
    await page.locator('input[type=password], input').first().waitFor();
    const spent = performance.now() - start;
    return [
      atMost('JS and CSS to log a convoy, gzip', bytes / KB, 'KB', 120),
      atMost('offline cold start to the lock screen, 4×', spent, 'ms', 1_000),
    ];
  } finally {
    await device.dispose();
  }
}

/** What the build weighs, and how long its first screens take in a browser that is held back. */
export const sizesBench: Bench = {
  name: 'sizes',
  run: async () => {
    const server = await startServer();
    try {
      const { precached, toLog } = JSON.parse(readFileSync(SIZES, 'utf8')) as BuildSizes;
      const kept = atMost('everything that is kept offline, gzip', precached / KB, 'KB', 500);
      const log = atMost('JS and CSS to log a convoy, by the build, gzip', toLog / KB, 'KB', 120);
      return [kept, log, ...(await firstLoad(server)), ...(await afterJoining(server))];
    } finally {
      await server.remove();
    }
  },
};
