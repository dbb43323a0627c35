/** Messages ready to be written: what is left of ICU text once it was parsed (parse-message.ts). */

export type MessageValues = Readonly<Record<string, string | number>>;

/** A message, part after part; one of text alone is that text. */
export type Message = string | readonly MessagePart[];

export type MessagePart =
  | string
  /** `#`: the number of the plural around it. */
  | 0
  /** `{name}`: the value as it is. */
  | readonly [name: string]
  /** `{name, number}`: in the reader's digits. */
  | readonly [name: string, number: 0]
  /** `{name, select, …}` */
  | readonly [name: string, options: MessageOptions]
  /** `{name, plural, offset:1 …}`: `=1` before the form that the language's grammar asks for. */
  | readonly [name: string, options: MessageOptions, offset: number];

export type MessageOptions = Readonly<Record<string, Message>>;

/** How numbers are written, and which form of a plural they ask for. */
export interface MessageGrammar {
  readonly number: (value: number) => string;
  readonly form: (value: number) => string;
}

/** The text of a message. Throws where a value or a form is missing: that is a fault of ours. */
export function formatMessage(
  message: Message,
  values: MessageValues | undefined,
  grammar: MessageGrammar,
  counted = 0,
): string {
  if (typeof message === 'string') return message;
  const text = (part: MessagePart): string => {
    if (typeof part === 'string') return part;
    if (part === 0) return grammar.number(counted);
    const [name, options, offset] = part;
    if (!values || !(name in values)) throw new Error(`no value for "${name}"`);
    const value = values[name] as string | number;
    if (options === undefined) return String(value);
    const count = Number(value) - (offset ?? 0);
    if (options === 0) return grammar.number(count);
    const option = (form: string | number): Message | undefined =>
      Object.hasOwn(options, form) ? options[form] : undefined;
    const chosen =
      offset === undefined ? option(value) : (option(`=${value}`) ?? option(grammar.form(count)));
    const rest = chosen ?? option('other');
    if (rest === undefined) throw new Error(`no form of "${name}" for ${value}`);
    return formatMessage(rest, values, grammar, count);
  };
  return message.map(text).join('');
}
