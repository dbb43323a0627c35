import type { ApiListener } from './node-listener.ts';

/** The same in every copy of this file: the built server's pages bring one of their own. */
const PLACE = Symbol.for('crossline.api');
const places = globalThis as { [PLACE]?: ApiListener };

/** Kit's side, where the store is open: here is who answers the API. */
export function offerApi(listener: ApiListener): void {
  places[PLACE] = listener;
}

/** The entry's side, once Kit's handler is loaded. */
export function offeredApi(): ApiListener | undefined {
  return places[PLACE];
}
