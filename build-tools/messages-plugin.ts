import { readFileSync } from 'node:fs';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const MESSAGES = /\/src\/lib\/i18n\/messages\/[a-z]+\.json$/;
const LOADER = /\/src\/lib\/i18n\/messages\.ts$/;
const QUERY = '?parsed';

/**
 * Parses the messages when the application is built: a phone loads the parsed messages of its own
 * language and no parser. A message that is not ICU fails the build with its key.
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
      if (!id.startsWith('\0') || !id.endsWith(`.json${QUERY}`)) return null;
      const file = id.slice(1, -QUERY.length);
      this.addWatchFile(file);
      const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const parsed = Object.entries(messages).map(([key, text]) => [key, parseMessage(key, text)]);
      return {
        code: `export default ${JSON.stringify(Object.fromEntries(parsed))}`,
        moduleType: 'js',
      };
    },
  };
}

function parseMessage(key: string, text: string): unknown {
  try {
    return /[{}'<>#]/.test(text)
      ? parse(text, { ignoreTag: true, captureLocation: false })
      : [{ type: 0, value: text }];
  } catch (cause) {
    throw new Error(`message "${key}" is not ICU: ${text}`, { cause });
  }
}
