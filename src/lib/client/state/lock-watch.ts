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

const LOOK_EVERY = 5_000;
const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'input'] as const;

/**
 * Locks after a time without a touch or out of sight. Hidden pages blank at once; their timers may
 * stop, so the time is compared again before anything is shown, and freezing locks at once.
 */
export function watchForLocking(times: LockTimes, actions: LockActions): () => void {
  let lastTouch = Date.now();
  let hiddenSince: number | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  const touched = (): void => {
    if (!isOverdue()) lastTouch = Date.now();
  };
  const isOverdue = (): boolean =>
    Date.now() - lastTouch >= times.idle() ||
    (hiddenSince !== undefined && Date.now() - hiddenSince >= times.hidden());
  const look = (): void => {
    if (actions.isOpen() && isOverdue()) actions.lock();
    if (!actions.isOpen()) lastTouch = Date.now();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      hiddenSince = Date.now();
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
