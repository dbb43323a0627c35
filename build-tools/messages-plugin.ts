import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { parseMessage } from '../src/lib/i18n/parse-message.ts';
import type { Message } from '../src/lib/i18n/message-format.ts';
import { isOfFirstScreens } from './first-screens.ts';

const MESSAGES = /\/src\/lib\/i18n\/messages\/[a-z]+\.json$/;
const LOADER = /\/src\/lib\/i18n\/messages\.ts$/;
const LANGUAGE = /\/src\/lib\/i18n\/language\.ts$/;
const NO_PARSER = '\0messages:no-parser';
const ENDING = '.json';
/** Scripts made of a language's file. Vite looks for imports in none whose name has `.json` in it. */
const PART = /^(?:\0)?messages:(.+)-(first|rest)$/;

/**
 * Parses the messages when the application is built: a phone loads the parsed messages of its own
 * language and no parser, those of the first screens apart from the rest. A message that is not ICU
 * fails the build with its key.
 */
export function parsedMessages(): Plugin {
  return {
    name: 'crossline:messages',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (PART.test(source)) return source.startsWith('\0') ? source : `\0${source}`;
      // Everything is parsed already where this runs.
      if (source === './parse-message.ts' && LANGUAGE.test(importer ?? '')) return NO_PARSER;
      if (!source.endsWith('.json') || !importer) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      if (!resolved || !MESSAGES.test(resolved.id)) return null;
      return `\0messages:${resolved.id.slice(0, -ENDING.length)}-first`;
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
      if (id === NO_PARSER) return 'export const parseMessage = (text) => text;';
      const [, language, part] = id.match(PART) ?? [];
      if (language === undefined) return null;
      const file = language + ENDING;
      this.addWatchFile(file);
      const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      const isFirst = part === 'first';
      const parsed = Object.entries(messages)
        .filter(([key]) => isOfFirstScreens(key) === isFirst)
        .map(([key, text]) => [key, parsedMessage(key, text)]);
      const words = `export default ${JSON.stringify(Object.fromEntries(parsed))};`;
      const rest = `export const rest = () => import(${JSON.stringify(`messages:${language}-rest`)});`;
      return { code: isFirst ? `${words}\n${rest}` : words, moduleType: 'js' };
    },
  };
}

function parsedMessage(key: string, text: string): Message {
  try {
    return parseMessage(text);
  } catch (cause) {
    throw new Error(`message "${key}" is not ICU: ${text}`, { cause });
  }
}
