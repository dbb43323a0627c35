/**
 * Keeps the whole application on the device, so that every address opens without a network. The
 * page registers it once it can be used; a new version waits until the page says so.
 */
/// <reference types="@sveltejs/kit" />
import { build, files, prerendered, version } from '$service-worker';
import { setCacheNameDetails } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

import { sendWhileLocked, type LockedOutcome } from '#lib/client/sync/locked-sender.ts';
import { wipeDevice } from '#lib/client/sync/wipe.ts';

declare const self: ServiceWorkerGlobalScope;

setCacheNameDetails({ prefix: 'crossline' });
cleanupOutdatedCaches();
precacheAndRoute([
  ...build.map((url) => ({ url, revision: null })),
  ...[...prerendered, ...files].map((url) => ({ url, revision: version })),
]);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/shell'), { denylist: [/^\/api\//, /^\/metrics$/] }),
);

self.addEventListener('message', (event) => {
  const message = event.data as { type?: string } | null;
  if (message?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** A network came back while no page was open: the queue goes out, sealed as it is. */
self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { readonly tag: string };
  if (tag !== 'crossline-send') return;
  const sending = sendOrWipe().then((outcome) => {
    if (outcome === 'offline') throw new Error('offline'); // the browser tries again later
  });
  waitUntil.call(event, sending);
});

/** Now and then, where the browser lets us: a phone that lies about locked hears that it was lost. */
self.addEventListener('periodicsync', (event) => {
  (event as ExtendableEvent).waitUntil(sendOrWipe());
});

async function sendOrWipe(): Promise<LockedOutcome> {
  const outcome = await sendWhileLocked();
  if (outcome === 'revoked') await wipeDevice();
  return outcome;
}
