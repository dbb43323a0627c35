import { mount, unmount } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import '../../../app.css';
import { PLACE_PAGE } from '#lib/charts/prepare/timeline-style.ts';
import type { TimelineInput } from '#lib/charts/prepare/timeline-input.ts';
import { dayFromIso, type Span } from '#lib/domain/dates/day.ts';
import { Words } from '#lib/ui/words.svelte.ts';
import WithWords from '../../../../tests/support/screens/WithWords.svelte';
import Timeline from './Timeline.svelte';

const day = (iso: string): number => {
  const read = dayFromIso(iso);
  if (!read.ok) throw new Error(iso);
  return read.value;
};
const span = (from: string, to = from): Span => ({ earliest: day(from), latest: day(to) });

const input = (label: string): TimelineInput => ({
  asOf: day('2016-06-29'),
  deliveries: [
    { id: 'a', date: span('2012-11-01', '2012-11-30'), people: null },
    { id: 'b', date: span('2016-06-29'), people: 20_000 },
  ],
  refusals: [{ id: 'r', date: span('2014-05-01') }],
  gaps: [{ from: span('2012-11-01', '2012-11-30'), to: span('2016-06-29'), label }],
  statuses: [
    { from: span('2016-01-18'), to: day('2016-06-29'), status: 'besieged', label: 'besieged' },
  ],
  milestones: [],
  unknownLabel: 'unknown',
});

let close: (() => void) | undefined;
afterEach(() => close?.());

async function draw(locale: 'en' | 'ar', label: string): Promise<SVGSVGElement> {
  const words = new Words();
  await words.read({ locale, digits: locale === 'ar' ? 'arab' : 'latn' });
  document.documentElement.dir = words.isRightToLeft ? 'rtl' : 'ltr';
  const target = document.body.appendChild(document.createElement('div'));
  const props = { input: input(label), style: PLACE_PAGE, label: 'Arbin', width: 328 };
  const app = mount(WithWords, { target, props: { words, component: Timeline, props } as never });
  close = () => {
    void unmount(app);
    target.remove();
  };
  const svg = target.querySelector('svg');
  if (!svg) throw new Error('nothing is drawn');
  return svg;
}

const boxOf = (svg: SVGSVGElement, selector: string): DOMRect => {
  const mark = svg.querySelector(selector);
  if (!mark) throw new Error(`nothing is ${selector}`);
  return mark.getBoundingClientRect();
};

describe('the drawn time line', () => {
  test('has its sentence as name, and every mark that is on record', async () => {
    const svg = await draw('en', '43 months');
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.getAttribute('aria-label')).toBe('Arbin');
    expect(svg.querySelectorAll('.delivery, .hollow')).toHaveLength(2);
    expect(svg.querySelectorAll('.refusal')).toHaveLength(1);
    expect(svg.textContent).toContain('43 months');
    expect(boxOf(svg, '.hollow').left).toBeLessThan(boxOf(svg, '.delivery').left);
    expect(svg.querySelector('[style]')).toBeNull();
  });

  test('in Arabic the earliest is on the right, and the years are in its digits', async () => {
    const svg = await draw('ar', '٤٣ شهراً');
    expect(boxOf(svg, '.hollow').left).toBeGreaterThan(boxOf(svg, '.delivery').left);
    expect(svg.textContent).toContain('٢٠١٤');
    for (const text of svg.querySelectorAll('text')) {
      const { left, right } = text.getBoundingClientRect();
      const frame = svg.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(frame.left - 1);
      expect(right).toBeLessThanOrEqual(frame.right + 1);
    }
  });

  test('a line is cut for the length that stands on it', async () => {
    const svg = await draw('en', '43 months');
    const label = [...svg.querySelectorAll('text')].find(
      (text) => text.textContent === '43 months',
    );
    const text = label?.getBoundingClientRect();
    const lines = [...svg.querySelectorAll('.gap')].map((line) => line.getBoundingClientRect());
    expect(lines).toHaveLength(2);
    expect(lines[0]?.right).toBeLessThanOrEqual(text?.left ?? 0);
    expect(lines[1]?.left).toBeGreaterThanOrEqual(text?.right ?? 0);
  });
});
