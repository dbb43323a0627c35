import type { RequestEvent } from '@sveltejs/kit';
import { theServer } from '../boot.ts';
import { callOf, responseOf } from './call.ts';
import { answerCall, type Endpoint } from './endpoint.ts';

/** An endpoint as a route of Kit. */
export function route({
  name,
  endpoint,
}: {
  readonly name: string;
  readonly endpoint: Endpoint;
}): (event: RequestEvent) => Promise<Response> {
  return async (event) => {
    const call = callOf(event.request, event.getClientAddress());
    return responseOf(await answerCall(await theServer(), name, call, endpoint));
  };
}
