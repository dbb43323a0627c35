import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import '../../../app.css';
import { cell, type Chart, releaseChart } from '#lib/charts/prepare/chart.ts';
import { buildAccess } from '#lib/domain/access/access-records.ts';
import { everything, OF_MOVEMENTS } from '#lib/domain/access/release.ts';
import type { Dataset } from '#lib/domain/records/dataset.ts';
import { emptyDataset } from '#lib/domain/records/read-record.ts';
import { rowScene } from '#lib/charts/prepare/row-chart.ts';
import { rect } from '#lib/charts/prepare/scene.ts';
import { Words } from '#lib/ui/words.svelte.ts';
import { NOTHING_HELD, released } from '../../../../tests/support/released.ts';
import WithWords from '../../../../tests/support/screens/WithWords.svelte';
import ChartFigure from './ChartFigure.svelte';
import { chartFile, exportName } from '../hand-on/chart-files.ts';

const rowOf = (id: string) => ({
  id,
  name: id,
  figures: [`${id} figure`],
  label: `${id} in words`,
  records: [`record of ${id}`],
  plotHeight: 12,
  draw: ({ x0, y }: { x0: number; y: number }) => [rect('certain', [x0, y], 40, 12)],
});

const CHART = released({
  basis: NOTHING_HELD,
  kind: 'people',
  asOf: 16_981,
  finding: 'What it found',
  caveats: ['said beside it'],
  source: 'Records to 29 June 2016.',
  table: {
    columns: [{ title: 'place' }],
    rows: [{ cells: [cell('Arbin')], records: ['record of Arbin'] }],
  },
  draw: (options) => rowScene(['Arbin', 'Zamalka'].map(rowOf), null, options),
});

/** A convoy that has left today. */
const UNDER_WAY = buildAccess({
  ...emptyDataset(),
  convoy: new Map([['c', { id: 'c', name: 'c', status: 'departed', date: '2016-06-29' }]]),
  stop: new Map([['s', { id: 's', convoy: 'c', localities: ['arbin'] }]]),
} as unknown as Dataset);

let close: (() => void) | undefined;
afterEach(() => close?.());

interface Shown {
  readonly target: HTMLElement;
  readonly opened: string[];
}

async function show(chart: Chart, locale: 'en' | 'ar' = 'en'): Promise<Shown> {
  const words = new Words();
  await words.read({ locale, digits: 'latn' });
  document.documentElement.dir = words.isRightToLeft ? 'rtl' : 'ltr';
  const target = document.body.appendChild(document.createElement('div'));
  const opened: string[] = [];
  const onrecords = (records: readonly string[]): void => void opened.push(...records);
  const props = { words, component: ChartFigure, props: { chart, onrecords } };
  const app = mount(WithWords, { target, props: props as never });
  close = () => {
    close = undefined;
    void unmount(app);
    target.remove();
  };
  await expect.poll(() => target.querySelector('figure svg')).toBeTruthy();
  return { target, opened };
}

const buttonOf = (target: HTMLElement, name: string): HTMLElement => {
  const found = [...target.querySelectorAll('button')].find(
    (button) => button.textContent?.trim() === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

describe('the frame of a chart', () => {
  test('finding, caveats and source stand around it, and nothing is styled in line', async () => {
    const { target } = await show(CHART);
    expect(target.querySelector('h2')?.textContent).toBe(CHART.finding);
    expect(target.querySelector('figcaption')?.textContent).toContain('said beside it');
    expect(target.querySelector('figcaption')?.textContent).toContain('Records to 29 June 2016.');
    expect(target.querySelector('[style]')).toBeNull();
  });

  test('by keys from part to part, Enter opens the records of the one that is named', async () => {
    const { target, opened } = await show(CHART);
    const list = target.querySelector<HTMLElement>('[role=listbox]')!;
    const option = (): string | null | undefined =>
      target.querySelector('[role=option]')?.getAttribute('aria-label');
    list.focus();
    expect(option()).toBe('Arbin in words');
    const press = (key: string): void => {
      list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      flushSync();
    };
    press('ArrowDown');
    expect(option()).toBe('Zamalka in words');
    press('Enter');
    expect(opened).toEqual(['record of Zamalka']);
  });

  test('a tap on a part opens its records, right to left as well', async () => {
    for (const locale of ['en', 'ar'] as const) {
      const { target, opened } = await show(CHART, locale);
      const box = target.querySelector('figure svg')!.getBoundingClientRect();
      const at = { clientX: box.left + box.width / 2, clientY: box.top + 20, bubbles: true };
      target.querySelector('[role=listbox]')!.dispatchEvent(new MouseEvent('click', at));
      expect(opened).toEqual(['record of Arbin']);
      close?.();
    }
  });

  test('the table is one tap away, and has the same records', async () => {
    const { target, opened } = await show(CHART);
    buttonOf(target, 'Table').click();
    await tick();
    expect(target.querySelector('table caption')?.textContent).toBe(CHART.finding);
    target.querySelector<HTMLElement>('tbody button')!.click();
    expect(opened).toEqual(['record of Arbin']);
  });
});

describe('exports', () => {
  const reader = { rightToLeft: false, language: 'en' };

  test('an SVG that a browser can read, in the light colours, with its title', async () => {
    document.documentElement.dataset['theme'] = 'dark';
    const file = await chartFile(CHART, 'svg', reader);
    delete document.documentElement.dataset['theme'];
    if (!file.ok) throw new Error(file.error.type);
    const text = await file.value.text();
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(svg.querySelector('parsererror')).toBeNull();
    expect(svg.querySelector('title')?.textContent).toBe(CHART.finding);
    expect(svg.querySelector('svg > rect')?.getAttribute('fill')?.toLowerCase()).toMatch(/^#fff/);
    expect(text).not.toContain('var(');
  });

  test('a PNG of twice as many pixels', async () => {
    const file = await chartFile(CHART, 'png', reader);
    if (!file.ok) throw new Error(file.error.type);
    const image = await createImageBitmap(file.value);
    expect(image.width).toBe(2 * (1_120 + 48));
  });

  test('of movements and of convoys under way there is none: no button for one, and no print', async () => {
    const when = { asOf: 16_981, today: 16_981 };
    const underWay = everything(UNDER_WAY, when).basis;
    for (const basis of [OF_MOVEMENTS, underWay]) {
      const secret: Chart = { ...CHART, basis };
      expect(releaseChart(secret)).toMatchObject({ ok: false });
      const { target } = await show(secret);
      expect([...target.querySelectorAll('.tools button:not([data-action=held-by])')]).toHaveLength(
        1,
      );
      expect(target.querySelector('figure')?.classList).toContain('unprinted');
      expect(target.querySelector('.printed')?.textContent).toBeTruthy();
      close?.();
    }
  });

  test('the convoys that hold a chart back are one tap away', async () => {
    const { basis } = everything(UNDER_WAY, { today: 16_981 });
    const { target, opened } = await show({ ...CHART, basis });
    expect(buttonOf(target, 'Which convoy?').dataset['action']).toBe('held-by');
    buttonOf(target, 'Which convoy?').click();
    expect(opened).toEqual(['c']);
  });

  test('a file is named by its kind and its day alone', () => {
    expect(exportName(CHART, 'svg')).toBe('crossline-people-2016-06-29.svg');
  });
});
