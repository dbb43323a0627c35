import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { parsedMessages } from '../../build-tools/messages-plugin.ts';

const PUBLIC = fileURLToPath(new URL('../../static', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Builds a page of the tests, as it would be shipped, into a folder. */
export async function buildPage(page: string, root: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    root,
    publicDir: PUBLIC,
    logLevel: 'error',
    plugins: [parsedMessages(), svelte({ configFile: false, compilerOptions: { runes: true } })],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      rollupOptions: { input: join(root, page) },
    },
  });
}

/** Serves a folder on a free port; `page` is what its root answers with. */
export async function serveFolder(
  folder: string,
  page: string,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const path = pathname === '/' ? `/${page}` : pathname;
    try {
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
