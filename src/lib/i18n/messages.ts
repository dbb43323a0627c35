import type en from './messages/en.json';
import type { Locale } from './locales.ts';
import type { Message } from './message-format.ts';

/** Every key of en.json; the other languages have the same ones (a test holds them to it). */
export type MessageKey = keyof typeof en;

/**
 * The messages of a language: ICU text as it stands in the file, or the same parsed when the
 * application was built, so that no parser is sent to a phone.
 */
export type Messages = Readonly<Record<string, Message>>;

/** A language in two parts: the words of the first screens, and the rest of them when asked for. */
export interface MessageParts {
  readonly first: Messages;
  readonly all: () => Promise<Messages>;
}

/** What a file gives: in a browser `rest` has what the first screens do without (messages-plugin). */
interface MessageFile {
  readonly default: Messages;
  readonly rest?: () => Promise<{ readonly default: Messages }>;
}

/** Loads all messages of one language alone. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await loadMessageParts(locale)).all();
}

/** Loads what the first screens say, and how to load the rest. */
export async function loadMessageParts(locale: Locale): Promise<MessageParts> {
  const { default: first, rest } = await readFile(locale);
  return { first, all: async () => (rest ? { ...first, ...(await rest()).default } : first) };
}

async function readFile(locale: Locale): Promise<MessageFile> {
  switch (locale) {
    case 'en':
      return import('./messages/en.json', { with: { type: 'json' } });
    case 'ar':
      return import('./messages/ar.json', { with: { type: 'json' } });
    case 'fr':
      return import('./messages/fr.json', { with: { type: 'json' } });
  }
}
