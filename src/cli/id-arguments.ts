/** 22 characters of base64url, of which one in 64 ids begins with what begins an option. */
const ID_LIKE_AN_OPTION = /^-[\w-]{21}$/;

/**
 * The same arguments, with ids that begin with a hyphen where `parseArgs` takes them for what they
 * are: one that follows an option is its value (`--undo=-x…`), any other stands after `--`.
 */
export function idsApart(args: readonly string[]): readonly string[] {
  const before: string[] = [];
  const after: string[] = [];
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  for (const arg of args.slice(0, end)) {
    const option = before.at(-1);
    if (!ID_LIKE_AN_OPTION.test(arg)) before.push(arg);
    else if (option?.startsWith('--') && !option.includes('='))
      before.push(`${before.pop()}=${arg}`);
    else after.push(arg);
  }
  const positional = [...after, ...args.slice(end + 1)];
  return positional.length === 0 ? before : [...before, '--', ...positional];
}
