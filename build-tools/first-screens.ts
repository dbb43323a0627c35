/**
 * Of these the first screens are made: joining, the lock, the log's home, the form, what stands
 * around them. A phone loads their words alone before it can be used, and the rest with the first
 * other screen. A test holds the list to what those screens say.
 */
const KINDS = new Set(
  (
    'badge clock convoyLine date duplicate duration example figure form insecure join lazy length ' +
    'list lock log modality nav outcome print rescue saved sector start storage unit welcome'
  ).split(' '),
);
const ALONE = new Set([
  'convoy.gone',
  'place.intended',
  'place.reachedFigure',
  'settings.wipe',
  'settings.wipeNo',
  'settings.wipeYes',
  'sync.loading',
  'sync.renewing',
  'warning.delivered_nothing',
  'warning.reached_without_delivery',
  'warning.report_after_publication',
]);

/** Of their kinds, what other screens alone say. */
const LATER = new Set([
  'duplicate.none',
  'list.semicolon',
  'nav.lockNow',
  'nav.settings',
  'nav.sync',
  'storage.kept',
  'storage.notKept',
  'storage.title',
  'storage.used',
]);

export function isOfFirstScreens(key: string): boolean {
  return (KINDS.has(key.split('.')[0] ?? '') && !LATER.has(key)) || ALONE.has(key);
}
