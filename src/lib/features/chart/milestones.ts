import type { TimelineMilestone } from '#lib/charts/prepare/timeline-input.ts';
import type { Day } from '#lib/domain/dates/day.ts';
import { parsePartialDate } from '#lib/domain/dates/partial-date.ts';
import type { Milestone } from '#lib/domain/records/dataset.ts';
import type { Reader } from '#lib/statements/render.ts';
import { getOperation } from '../operation.ts';
import { getReader } from '../reader.ts';

/** Milestones with their name and date, in the reader's language; those without are not drawn. */
export function milestonesOf(
  milestones: Iterable<Milestone>,
  { language }: Reader,
): TimelineMilestone[] {
  return [...milestones].flatMap(({ date: edtf, labels }) => {
    const date = parsePartialDate(edtf);
    const name = labels[language.locale] ?? labels['en'] ?? Object.values(labels)[0];
    if (!date.ok || name === undefined) return [];
    return [
      {
        date: date.value,
        label: `${name}${language.t('list.comma')}${language.date(edtf, 'short')}`,
      },
    ];
  });
}

/** The milestones of the open operation, for every chart that has an axis of time. */
export function getMilestones(): () => TimelineMilestone[] {
  const operation = getOperation();
  const reader = getReader();
  return () => milestonesOf(operation().records.dataset.milestone.values(), reader());
}

/** For a chart of a period without an axis: which milestones may lie in it, as a sentence. */
export function milestonesNote(
  milestones: readonly TimelineMilestone[],
  { since, asOf }: { readonly since: Day; readonly asOf: Day },
  { language }: Reader,
): string[] {
  const within = milestones.filter(({ date }) => date.latest >= since && date.earliest <= asOf);
  if (within.length === 0) return [];
  const list = within.map(({ label }) => label).join(language.t('list.semicolon'));
  return [language.t('chart.milestonesWithin', { list })];
}
