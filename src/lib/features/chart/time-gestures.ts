import { panned, type TimeWindow, zoomed } from '#lib/charts/prepare/time-window.ts';

export interface GestureView {
  readonly window: TimeWindow;
  readonly whole: TimeWindow;
  /** Left edge and width of the axis on the screen, in px. */
  readonly left: number;
  readonly width: number;
  readonly rightToLeft: boolean;
}

interface Held {
  readonly x: number;
  readonly y: number;
}

/** Px that a pointer may tremble without being dragged. */
const TREMBLE = 6;

const daysPerPx = ({ window, width }: GestureView): number =>
  (window.to - window.from) / Math.max(1, width);

/** How far along the axis a place on the screen lies: 0 the earliest day, 1 the latest. */
function shareAt(view: GestureView, x: number): number {
  const along = Math.min(1, Math.max(0, (x - view.left) / Math.max(1, view.width)));
  return view.rightToLeft ? 1 - along : along;
}

/**
 * Panning with one finger or the mouse, zooming with two fingers: what a pointer does to the window
 * of days. Vertical moves are left to scrolling.
 */
export class TimeGestures {
  readonly #view: () => GestureView;
  readonly #held = new Map<number, Held>();
  #start: { readonly window: TimeWindow; readonly held: readonly Held[] } | undefined;
  /** The pointer was dragged: what follows is no tap. */
  isDragged = false;

  constructor(view: () => GestureView) {
    this.#view = view;
  }

  down(pointer: number, x: number, y: number): void {
    if (this.#held.size === 0) this.isDragged = false;
    this.#held.set(pointer, { x, y });
    this.#begin();
  }

  /** The window after a move, or nothing where it changes nothing. */
  move(pointer: number, x: number, y: number): TimeWindow | undefined {
    if (!this.#held.has(pointer) || !this.#start) return undefined;
    this.#held.set(pointer, { x, y });
    const view = { ...this.#view(), window: this.#start.window };
    const [a, b] = this.#start.held;
    const [nowA, nowB] = [...this.#held.values()];
    if (!a || !nowA) return undefined;
    if (b && nowB) {
      this.isDragged = true;
      const before = Math.max(20, Math.abs(a.x - b.x));
      const factor = before / Math.max(20, Math.abs(nowA.x - nowB.x));
      return zoomed(view.window, factor, shareAt(view, (a.x + b.x) / 2), view.whole);
    }
    const moved = nowA.x - a.x;
    if (!this.isDragged && Math.abs(moved) < TREMBLE) return undefined;
    this.isDragged = true;
    const days = -moved * daysPerPx(view) * (view.rightToLeft ? -1 : 1);
    return panned(view.window, days, view.whole);
  }

  up(pointer: number): void {
    this.#held.delete(pointer);
    this.#begin();
  }

  /** A wheel turned with Ctrl held zooms at the pointer; turned sideways, it pans. */
  wheel(x: number, deltaX: number, deltaY: number, isZoom: boolean): TimeWindow | undefined {
    const view = this.#view();
    if (isZoom) return zoomed(view.window, Math.exp(deltaY / 200), shareAt(view, x), view.whole);
    if (Math.abs(deltaX) <= Math.abs(deltaY)) return undefined;
    const days = deltaX * daysPerPx(view) * (view.rightToLeft ? -1 : 1);
    return panned(view.window, days, view.whole);
  }

  #begin(): void {
    const held = [...this.#held.values()];
    this.#start = held.length === 0 ? undefined : { window: this.#view().window, held };
  }
}

/** What a key does to the window: arrows a tenth of what is shown, plus and minus half and double. */
export function windowAfterKey(
  key: string,
  { window, whole, rightToLeft }: GestureView,
): TimeWindow | undefined {
  const tenth = Math.max(1, Math.round((window.to - window.from) / 10));
  const later = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const earlier = rightToLeft ? 'ArrowRight' : 'ArrowLeft';
  if (key === later) return panned(window, tenth, whole);
  if (key === earlier) return panned(window, -tenth, whole);
  if (key === '+' || key === '=') return zoomed(window, 0.5, 1, whole);
  if (key === '-') return zoomed(window, 2, 1, whole);
  if (key === '0') return whole;
  return undefined;
}
