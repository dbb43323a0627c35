/** Whoever holds this Web Lock sends for this device: a tab, or the service worker while locked (S8). */
export const SYNC_LOCK = 'crossline-sync';

/** Whoever holds this one is enrolling this device: nobody else begins, or clears away what is half done. */
export const ENROL_LOCK = 'crossline-enrol';
