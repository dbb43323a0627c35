import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { randomId } from '#lib/crypto/random.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Server } from '../server.ts';
import { refusal } from './answer.ts';
import { endpointAt } from './api.ts';
import { saysTooMuch, type Answer, type Call } from './call.ts';
import { callerAddress, type ProxySettings } from './caller-address.ts';
import { answerCall } from './endpoint.ts';

/** Answers a request if it is one for the API; whatever it leaves is for somebody else. */
export type ApiListener = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The API straight on Node's HTTP server (docs/adr/0160). Only what is asked exactly as `PATHS` and
 * the method say: everything else, with what there is to say about it, is Kit's.
 */
export function apiListener(server: Server, proxy: ProxySettings): ApiListener {
  return (request, response) => {
    const found = endpointAt(request.url ?? '');
    if (found?.method !== request.method) return false;
    const { name, endpoint } = found as NonNullable<typeof found>;
    const address = callerAddress(request, proxy);
    if (address === null) {
      const incident = randomId();
      server.log.error({ endpoint: name, incident }, 'the proxy does not name the caller');
      send(response, refusal({ code: 'internal' }, incident));
      return true;
    }
    const call = nodeCall(request, response, address);
    void answerCall(server, name, call, endpoint).then((answer) => send(response, answer));
    return true;
  };
}

function nodeCall(request: IncomingMessage, response: ServerResponse, address: string): Call {
  return {
    method: request.method ?? 'GET',
    address,
    header: (name) => {
      const value = request.headers[name];
      return value === undefined ? null : String(value);
    },
    read: (most) => {
      if (saysTooMuch(request.headers['content-length'], most)) {
        return Promise.resolve(err('too_large'));
      }
      return new Promise((resolve) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const take = (chunk: Buffer): void => {
          size += chunk.length;
          if (size <= most) {
            chunks.push(chunk);
            return;
          }
          // The rest is not read: this connection is good for nothing more.
          request.off('data', take).pause();
          response.shouldKeepAlive = false;
          resolve(err('too_large'));
        };
        request
          .on('data', take)
          .once('end', () => resolve(ok(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))))
          .once('error', () => resolve(err('bad_request')))
          .once('close', () => resolve(err('bad_request')));
      });
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!(body instanceof ReadableStream)) {
    response.end(body);
    return;
  }
  const stream = Readable.fromWeb(body as never);
  response.once('close', () => stream.destroy());
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}
