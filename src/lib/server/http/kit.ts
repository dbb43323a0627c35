import type { RequestEvent } from '@sveltejs/kit';
import { theServer } from '../boot.ts';
import { answerCall, type Endpoint } from './endpoint.ts';

/** An endpoint as a route of Kit. */
export function route(
  name: string,
  endpoint: Endpoint,
): (event: RequestEvent) => Promise<Response> {
  return async (event) => {
    const call = { request: event.request, address: event.getClientAddress() };
    return answerCall(await theServer(), name, call, endpoint);
  };
}
