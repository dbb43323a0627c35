/**
 * Runs inside Chromium: the time line of all places, as a screen shows it. The Node side
 * (charts.bench.ts) calls what `bench` offers and reads the numbers.
 */
import { flushSync, mount, unmount } from 'svelte';
import '../../src/app.css';
import { placesChart, type PlacesChart } from '#lib/features/chart/places-chart.ts';
import PlacesTimeline from '#lib/features/chart/PlacesTimeline.svelte';
import { Words } from '#lib/ui/words.svelte.ts';
import { NOTHING_HELD } from '../support/released.ts';
import WithWords from '../support/screens/WithWords.svelte';
import { accessTo } from '../visual/gallery-access.svelte.ts';
import { AS_OF, generated } from '../visual/gallery-data.ts';

const words = new Words();
await words.read({ locale: 'en', digits: 'latn' });
const rows = (await accessTo(generated(300))).places;
const reader = { language: words.language, localityName: String, organisationName: String };

const chartOf = (): PlacesChart =>
  placesChart(
    {
      rows,
      milestones: [],
      asOf: AS_OF,
      basis: NOTHING_HELD,
      finding: 'bench',
      caveats: [],
      source: '',
    },
    reader,
  );

/** Until everything is in the page with its style and its place. */
function settle(): void {
  flushSync();
  document.body.getBoundingClientRect();
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

let app: ReturnType<typeof mount> | undefined;

async function draw(): Promise<number> {
  if (app) await unmount(app);
  await nextFrame();
  const start = performance.now();
  const props = { words, component: PlacesTimeline, props: { chart: chartOf() } };
  app = mount(WithWords, { target: document.body, props: props as never });
  settle();
  // the width is known by an observer, whose turn comes before the next painting
  await nextFrame();
  await nextFrame();
  settle();
  return performance.now() - start;
}

const bench = {
  /** From rows to a drawing on the screen, to the frame after it: milliseconds. */
  draw,

  /** Pan and zoom by keys, each to the frame's style and layout done: milliseconds. */
  async frames(count: number): Promise<{ work: number[]; whole: number[] }> {
    const list = document.querySelector('[role=listbox]');
    if (!list) throw new Error('nothing is drawn');
    const keys = ['0', '+', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', '-', 'ArrowRight', '+'];
    const work: number[] = [];
    const whole: number[] = [];
    for (let index = 0; index < count; index += 1) {
      await nextFrame();
      const start = performance.now();
      const key = keys[index % keys.length] ?? '0';
      list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      settle();
      work.push(performance.now() - start);
      await nextFrame();
      await nextFrame();
      whole.push(performance.now() - start);
    }
    return { work, whole };
  },

  /** Rows that are in the page: the others are not drawn. */
  shapes: (): number => document.querySelectorAll('[role=listbox] svg *').length,
};

export type ChartsBench = typeof bench;

Object.assign(window, { bench });
