/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precache, addRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/**
 * The whole application, kept on the device at its first visit: after that no screen needs the
 * server. Nothing of the operation is ever put into these caches.
 */

declare const self: ServiceWorkerGlobalScope;

precache([
  ...build.map((url) => ({ url, revision: null })),
  ...files.map((url) => ({ url, revision: version })),
  ...prerendered.map((url) => ({ url, revision: version })),
]);
addRoute();
cleanupOutdatedCaches();

registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/shell'), { denylist: [/^\/api\//, /^\/metrics/] }),
);

// An update waits until the page says that nothing is half typed.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
