import { readFileSync } from 'node:fs';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import { isOfFirstScreens } from './first-screens.ts';

const MESSAGES = /\/src\/lib\/i18n\/messages\/[a-z]+\.json$/;
const LOADER = /\/src\/lib\/i18n\/messages\.ts$/;
const QUERY = '?parsed';
const REST = '?rest';

/**
 * Parses the messages when the application is built: a phone loads the parsed messages of its own
 * language and no parser, those of the first screens apart from the rest. A message that is not ICU fails the build with its key.
 */
export function parsedMessages(): Plugin {
  return {
    name: 'crossline:messages',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
          },
        ],
      },
    }),
    async resolveId(source, importer) {
      if (source.startsWith('\0') && source.endsWith(REST)) return source;
      if (!source.endsWith('.json') || !importer) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      if (!resolved || !MESSAGES.test(resolved.id)) return null;
      return `\0${resolved.id}${QUERY}`;
    },
    // What Node needs to import JSON, a browser would hold us to; to it we give a script.
    transform(code, id) {
      if (!LOADER.test(id)) return null;
      return {
        code: code.replaceAll(/,\s*\{\s*with:\s*\{\s*type:\s*'json'\s*\}\s*\}/g, ''),
        map: null,
      };
    },
    load(id) {
      const query = [QUERY, REST].find((one) => id.endsWith(`.json${one}`));
      if (!id.startsWith('\0') || query === undefined) return null;
      const file = id.slice(1, -query.length);
      this.addWatchFile(file);
      const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const isFirst = query === QUERY;
      const parsed = Object.entries(messages)
        .filter(([key]) => isOfFirstScreens(key) === isFirst)
        .map(([key, text]) => [key, parseMessage(key, text)]);
      const rest = `export const rest = () => import(${JSON.stringify(`\0${file}${REST}`)});`;
      return {
        code: `export default ${JSON.stringify(Object.fromEntries(parsed))};\n${isFirst ? rest : ''}`,
        moduleType: 'js',
      };
    },
  };
}

function parseMessage(key: string, text: string): unknown {
  try {
    return /[{}'<>#]/.test(text) ? parse(text, { ignoreTag: true, captureLocation: false }) : text;
  } catch (cause) {
    throw new Error(`message "${key}" is not ICU: ${text}`, { cause });
  }
}
