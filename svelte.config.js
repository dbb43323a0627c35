import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ out: 'build' }),
    paths: { relative: false },
    serviceWorker: { register: false },
    typescript: {
      config: (config) => {
        config.compilerOptions.allowImportingTsExtensions = true;
        config.include = [
          ...config.include,
          '../scripts/**/*.ts',
          '../tests/**/*.ts',
          '../*.config.ts',
        ];
      },
    },
  },
};
