import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRelayFile } from '#lib/protocol/relay-file.ts';
import { done, EXIT, type Outcome, refused } from './outcome.ts';
import { withStore } from './store.ts';

/** Bytes: as many envelopes as any device holds, and what this process can hold as text. */
const MOST_BYTES = 256 * 1024 * 1024;

const WHY: Readonly<Record<string, string>> = {
  envelope_unreadable: 'is damaged, or sealed to another server',
  group_unreadable: 'holds what this version cannot read',
  signature_wrong: 'is not what its device signed',
  device_unknown: 'is of a device that no operation of this store knows',
};

/** Puts what a device could not send into the store, out of the file in which it was carried. */
export async function relay(args: readonly string[]): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'skip-unsound': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) return refused('relay needs the name of one file');
  const text = readText(file);
  if (typeof text !== 'string') return text;
  const carried = readRelayFile(text);
  if (!carried) {
    return refused(`${file} is no whole file of what a device could not send; nothing was changed`);
  }
  return withStore(async (operator) => {
    const relayed = await operator.relay(carried, { skipsUnsound: values['skip-unsound'] });
    if (!relayed.ok) {
      return refused(
        ...notesOf(relayed.error.unsound),
        'nothing was changed; --skip-unsound takes the others',
      );
    }
    const { unsound, quarantined, ...counts } = relayed.value;
    const out = `${JSON.stringify({ ...counts, quarantined, skipped: unsound.length })}\n`;
    return {
      ...done(out, notesOf(unsound)),
      code: unsound.length > 0 ? EXIT.rowErrors : EXIT.done,
    };
  });
}

const notesOf = (unsound: readonly { readonly place: number; readonly code: string }[]) =>
  unsound.map(({ place, code }) => `envelope ${place} ${WHY[code] ?? code}`);

function readText(file: string): string | Outcome {
  try {
    if (statSync(file).size > MOST_BYTES) return refused(`${file}: larger than 256 MiB`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refused(`${file}: ${code}`);
  }
}
