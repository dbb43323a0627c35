import { fieldValue, isReserved, type RecordState } from '#lib/changes/fold.ts';
import { pageOfStates, statesOfPage, type RecordPage } from '#lib/changes/record-page.ts';
import { toUtf8 } from '#lib/crypto/encoding.ts';
import { readsWhole } from '#lib/domain/records/read-record.ts';
import { isRecordKind } from '#lib/domain/records/registry.ts';
import { pageOfToday, type EarlierPage } from './earlier-rows.ts';

/**
 * A page or row of the device, before it is sealed: records, and which of them are doubtful by their
 * places. The others' shown values were read by the schemas here without any problem; schemas only
 * grow.
 */
type StoredPage = [...page: RecordPage, doubtful: readonly number[]];

export interface EncodedRecords {
  readonly bytes: Uint8Array;
  /** Records whose values have to be read by the schemas before anything is computed from them. */
  readonly doubtful: readonly string[];
}

export function encodeRecords(states: readonly RecordState[]): EncodedRecords {
  const places = doubtfulPlaces(states);
  const page: StoredPage = [...pageOfStates(states), places];
  return { bytes: toUtf8(JSON.stringify(page)), doubtful: idsAt(states, places) };
}

/** Bytes of a page as the server sent it, whole and alone: they stay, and what is doubtful is added. */
export function encodeSentPage(sent: Uint8Array, states: readonly RecordState[]): EncodedRecords {
  const places = doubtfulPlaces(states);
  const end = toUtf8(`,${JSON.stringify(places)}]`);
  const bytes = new Uint8Array(sent.length - 1 + end.length);
  bytes.set(sent);
  bytes.set(end, sent.length - 1); // in the place of the bracket that closed it
  return { bytes, doubtful: idsAt(states, places) };
}

export interface DecodedRecords {
  readonly states: RecordState[];
  readonly doubtful: readonly string[];
}

/** The other way round, for bytes that this device sealed itself; throws where they are not. */
export function decodeRecords(bytes: Uint8Array): DecodedRecords {
  const page = JSON.parse(new TextDecoder().decode(bytes)) as StoredPage | EarlierPage;
  const [texts, records, places] = page.length === 2 ? pageOfToday(page) : page;
  const states = statesOfPage([texts, records]);
  return { states, doubtful: idsAt(states, places) };
}

const idsAt = (states: readonly RecordState[], places: readonly number[]): string[] =>
  places.flatMap((place) => states[place]?.id ?? []);

function doubtfulPlaces(states: readonly RecordState[]): number[] {
  return states.flatMap((state, place) => (isSound(state) ? [] : [place]));
}

function isSound(state: RecordState): boolean {
  if (!isRecordKind(state.kind)) return false;
  return readsWhole(state.kind, state.fields, (heads, field) => {
    if (isReserved(field)) return undefined;
    return heads.length === 1 ? heads[0]?.value : fieldValue(state, field);
  });
}
