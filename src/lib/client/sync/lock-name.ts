/** Whoever holds this Web Lock sends for this device: a tab, or the service worker while locked (S8). */
export const SYNC_LOCK = 'crossline-sync';
