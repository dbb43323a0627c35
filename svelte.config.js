import { createHash } from 'node:crypto';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { sourceHash } from './scripts/source-hash.js';

/**
 * The style attribute that Kit's route announcer carries. A browser lets it through by its hash
 * alone; a test in the browser sees that nothing is blocked.
 */
const ANNOUNCER_STYLE =
  'position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px';

const announcerHash = /** @type {const} */ (
  `sha256-${createHash('sha256').update(ANNOUNCER_STYLE).digest('base64')}`
);

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ out: process.env.CROSSLINE_BUILD_OUT || 'build' }),
    // A deep link answered by the shell must not look for its chunks in the link's own folder.
    paths: { relative: false },
    // The page registers it itself, once it can be used.
    serviceWorker: { register: false, files: (file) => file !== 'robots.txt' },
    // The same sources make the same build.
    version: { name: sourceHash() },
    prerender: { entries: ['/shell'] },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['none'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-hashes', announcerHash],
        'img-src': ['self', 'data:', 'blob:'],
        'connect-src': ['self'],
        'worker-src': ['self'],
        'manifest-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['none'],
        'frame-ancestors': ['none'],
      },
    },
    typescript: {
      config: (config) => {
        config.compilerOptions.allowImportingTsExtensions = true;
        config.include = [
          ...config.include,
          '../build-tools/**/*.ts',
          '../scripts/**/*.ts',
          '../scripts/**/*.js',
          '../tests/**/*.ts',
          '../*.config.ts',
          '../*.js',
        ];
      },
    },
  },
};
