import type { Showing } from './record-title.ts';

/** Who made a change: the reader himself, a name, an organisation, or somebody. */
export function whoText(author: string, { operation, words }: Showing): string {
  if (author === operation.identity.member) return words.t('history.you');
  return operation.directory.nameOf(author) ?? words.t('history.someone');
}

interface Made {
  readonly author: string;
  readonly deviceTime: string;
  readonly device?: string;
}

/** Who, when by the device's own clock, and on which device where that is known to tell anything. */
export function whoAndWhenText({ author, deviceTime, device }: Made, showing: Showing): string {
  const { words } = showing;
  const who = whoText(author, showing);
  const instant = new Date(deviceTime);
  const isTime = !Number.isNaN(instant.getTime());
  const when = isTime ? words.dayAndTime(instant, new Date()) : deviceTime;
  const on = device === undefined ? undefined : deviceText(device, showing);
  return on === undefined
    ? words.t('review.who', { who, when })
    : words.t('review.whoDevice', { who, when, device: on });
}

/** This device, or the number of a person's further device; his first needs no number. */
function deviceText(device: string, { operation, words }: Showing): string | undefined {
  if (device === operation.identity.device) return words.t('history.thisDevice');
  const number = operation.directory.deviceNumber(device);
  return number === undefined || number < 2
    ? undefined
    : words.t('history.deviceNumber', { number });
}
