import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { sourceHash } from './scripts/source-hash.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ out: 'build', precompress: true }),
    // A deep link answered by the shell must not look for its chunks in the link's own folder.
    paths: { relative: false },
    // The page registers it itself, once it is usable (docs/adr/0003).
    serviceWorker: { register: false },
    // The same sources make the same build.
    version: { name: sourceHash(), pollInterval: 0 },
    prerender: { entries: ['/shell'] },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['none'],
        // WebAssembly for Argon2id; nothing is ever evaluated from text.
        'script-src': ['self', 'wasm-unsafe-eval'],
        'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
        'img-src': ['self', 'data:', 'blob:'],
        'connect-src': ['self'],
        'manifest-src': ['self'],
        'worker-src': ['self'],
        'base-uri': ['none'],
        'form-action': ['none'],
        'object-src': ['none'],
      },
    },
    typescript: {
      config: (config) => {
        config.include.push('../scripts/**/*', '../tests/**/*', '../*.config.*', '../build-tools/**/*');
        config.exclude = config.exclude.filter((path) => !path.includes('tests'));
        return config;
      },
    },
  },
};
