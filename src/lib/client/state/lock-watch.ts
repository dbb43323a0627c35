/** When to lock, in milliseconds. */
export interface LockTimes {
  readonly idle: () => number;
  readonly hidden: () => number;
}

export interface LockActions {
  readonly isOpen: () => boolean;
  readonly lock: () => void;
  /** Nothing may be seen: the page is hidden, or was hidden for too long and is about to lock. */
  readonly blank: (isBlank: boolean) => void;
}

/**
 * One moment on two clocks: that of the device, which somebody may set back, and the page's own, which
 * may stand still while the device sleeps.
 */
interface Instant {
  readonly device: number;
  readonly page: number;
}
const now = (): Instant => ({ device: Date.now(), page: performance.now() });

/** Milliseconds since then, by the clock that says more. */
function since(then: Instant): number {
  const { device, page } = now();
  return Math.max(device - then.device, page - then.page);
}

const LOOK_EVERY = 5_000;
const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'] as const;

/**
 * Locks after a time without a touch or out of sight. Hidden pages blank at once; their timers may
 * stop, so the time is compared again before anything is shown, and freezing locks at once.
 */
export function watchForLocking(times: LockTimes, actions: LockActions): () => void {
  let lastTouch = now();
  let hiddenSince: Instant | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  const touched = (): void => {
    if (!isOverdue()) lastTouch = now();
  };
  const isOverdue = (): boolean =>
    since(lastTouch) >= times.idle() ||
    (hiddenSince !== undefined && since(hiddenSince) >= times.hidden());
  const look = (): void => {
    if (actions.isOpen() && isOverdue()) actions.lock();
    if (!actions.isOpen()) lastTouch = now();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      hiddenSince = now();
      actions.blank(true);
      hiddenTimer = setTimeout(look, times.hidden());
      return;
    }
    clearTimeout(hiddenTimer);
    look();
    hiddenSince = undefined;
    actions.blank(false);
  };
  const onFreeze = (): void => {
    if (actions.isOpen()) actions.lock();
  };

  const timer = setInterval(look, LOOK_EVERY);
  const options = { capture: true, passive: true } as const;
  for (const event of ACTIVITY) addEventListener(event, touched, options);
  document.addEventListener('visibilitychange', onVisibility);
  document.addEventListener('freeze', onFreeze);
  return () => {
    clearInterval(timer);
    clearTimeout(hiddenTimer);
    for (const event of ACTIVITY) removeEventListener(event, touched, options);
    document.removeEventListener('visibilitychange', onVisibility);
    document.removeEventListener('freeze', onFreeze);
  };
}
