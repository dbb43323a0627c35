import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Message, MessageOptions, MessagePart } from './message-format.ts';

/** What makes a message more than the text it is. */
const SYNTAX = /[{}'<>#]/;

/**
 * ICU text as the parts that `formatMessage` writes. Throws for what is no ICU, and for what no
 * message of ours needs: dates, ordinals, styles of numbers.
 */
export function parseMessage(text: string): Message {
  if (!SYNTAX.test(text)) return text;
  return messageOf(parse(text, { ignoreTag: true, captureLocation: false }));
}

function messageOf(elements: readonly MessageFormatElement[]): Message {
  const parts = elements.map(partOf);
  const [first] = parts;
  return parts.length === 1 && typeof first === 'string' ? first : parts;
}

function partOf(element: MessageFormatElement): MessagePart {
  switch (element.type) {
    case TYPE.literal:
      return element.value;
    case TYPE.pound:
      return 0;
    case TYPE.argument:
      return [element.value];
    case TYPE.number:
      if (element.style) break;
      return [element.value, 0];
    case TYPE.select:
      return [element.value, optionsOf(element.options)];
    case TYPE.plural:
      if (element.pluralType === 'ordinal') break;
      return [element.value, optionsOf(element.options), element.offset];
    case TYPE.date:
    case TYPE.time:
    case TYPE.tag:
      break;
  }
  throw new Error(`no message may have this yet: ${JSON.stringify(element)}`);
}

function optionsOf(
  options: Readonly<Record<string, { readonly value: MessageFormatElement[] }>>,
): MessageOptions {
  return Object.fromEntries(
    Object.entries(options).map(([form, { value }]) => [
      form,
      value.length ? messageOf(value) : '',
    ]),
  );
}
