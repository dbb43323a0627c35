import { OF_MOVEMENTS } from '#lib/domain/access/release.ts';
import type { Bounds } from '#lib/domain/dates/between.ts';
import { type Answer, ANSWERS } from '#lib/domain/access/request-lines.ts';
import type { FunnelPeriod, FunnelStage, RequestFunnel } from '#lib/domain/access/requests.ts';
import { type Reader, renderPart } from '#lib/statements/render.ts';
import { answerWord } from '#lib/statements/requests.ts';
import { cell, type Chart, type TableCell } from './chart.ts';
import { boundsRaw, boundsText } from './reach-chart.ts';
import { type ChartRow, rowScene } from './row-chart.ts';
import type { Said } from './said.ts';
import { axisHead, BAR_HEIGHT, barShapes, FIRST_BAR, SECOND_BAR, valueAxis } from './value-axis.ts';

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly of: (period: FunnelPeriod) => FunnelStage;
  readonly isAnswer: boolean;
}

function stagesOf(reader: Reader): readonly Stage[] {
  const { language } = reader;
  const answer = (one: Answer): Stage => ({
    id: one,
    name: renderPart(answerWord(one), reader),
    of: ({ answers }) => answers[one],
    isAnswer: true,
  });
  const own = (id: 'requested' | 'departed' | 'delivered', name: string): Stage => ({
    id,
    name,
    of: (period) => period[id],
    isAnswer: false,
  });
  return [
    own('requested', language.t('requestOutcome.requested')),
    ...ANSWERS.map(answer),
    own('departed', language.t('outcome.departed')),
    own('delivered', language.t('outcome.delivered')),
  ];
}

const sumOf = (all: readonly (Bounds | null)[]): Bounds | null => {
  const known = all.filter((bounds) => bounds !== null);
  if (known.length === 0) return null;
  return known.reduce<Bounds>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
};

/**
 * From requested to delivered, in lines, with the people asked for in words (indicator 6). Made of
 * `movements`, so it is in no export. Answers that no line got have no row.
 */
export function requestsChart(
  { periods }: Pick<RequestFunnel, 'periods'>,
  { asOf, ...said }: Omit<Said, 'basis'>,
  reader: Reader,
): Chart {
  const { language } = reader;
  const found = stagesOf(reader).map((stage) => {
    const parts = periods.map(stage.of);
    return {
      ...stage,
      lines: sumOf(parts.map(({ lines }) => lines)) ?? ([0, 0] as const),
      people: sumOf(parts.map(({ people }) => people.people)),
      records: [...new Set(parts.flatMap(({ from }) => from))],
    };
  });
  const shown =
    periods.length === 0 ? [] : found.filter((one) => !one.isAnswer || one.lines[1] > 0);
  const axis = valueAxis(Math.max(1, ...shown.map(({ lines }) => lines[1])));
  const rows = shown.map(({ id, name, lines, people, records, isAnswer }): ChartRow => {
    const count = language.t('chart.lines', {
      count: lines[0] === lines[1] ? lines[1] : Math.max(3, lines[1]),
      figure: boundsText(lines, reader),
    });
    const asked = people
      ? language.t('chart.askedFor', { figure: boundsText(people, reader) })
      : language.t('chart.askedForNone');
    const figures = lines[1] === 0 ? [count] : [count, asked];
    return {
      id,
      name,
      figures,
      label: [name, ...figures].join(language.t('list.comma')),
      records,
      plotHeight: BAR_HEIGHT,
      draw: (box) => barShapes(lines, axis, box, isAnswer ? SECOND_BAR : FIRST_BAR),
    };
  });
  const stageCells = (stage: FunnelStage): TableCell[] => [
    cell(boundsText(stage.lines, reader), boundsRaw(stage.lines)),
  ];
  return {
    kind: 'requests',
    asOf,
    ...said,
    basis: OF_MOVEMENTS,
    caveats: [language.t('chart.keyRequests'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colPeriod') },
        ...shown.map(({ name }) => ({ title: name, isNumber: true })),
      ],
      rows: periods.map((period) => ({
        cells: [
          cell(language.date(period.period, 'short'), period.period),
          ...shown.flatMap((stage) => stageCells(stage.of(period))),
        ],
        records: period.requested.from,
      })),
    },
    draw: (options) => rowScene(rows, axisHead(axis, language.number, options.measure), options),
  };
}

/**
 * Days from each request to its answer, as the range they are (indicator 6). Of `movements`: in no
 * export.
 */
export function answersChart(
  { answerTimes, lines }: Pick<RequestFunnel, 'answerTimes' | 'lines'>,
  { asOf, ...said }: Omit<Said, 'basis'>,
  reader: Reader,
): Chart {
  const { language } = reader;
  const axis = valueAxis(Math.max(1, ...answerTimes.map(({ days }) => days[1])));
  const rows = answerTimes.map(({ request, days }): ChartRow => {
    const own = lines.filter((one) => one.request === request);
    const places = [...new Set(own.map(({ locality }) => reader.localityName(locality)))];
    const [first] = own;
    const name = places.length > 0 ? language.list(places) : language.t('chart.request');
    const count = days[0] === days[1] ? days[1] : Math.max(3, days[1]);
    const length = language.t('unit.days', { count, figure: boundsText(days, reader) });
    return {
      id: request,
      name,
      ...(first ? { second: language.date(first.period.edtf, 'short') } : {}),
      figures: [length],
      label: `${name}${language.t('list.comma')}${length}`,
      records: [request],
      plotHeight: BAR_HEIGHT,
      draw: (box) => barShapes(days, axis, box),
    };
  });
  return {
    kind: 'answers',
    asOf,
    ...said,
    basis: OF_MOVEMENTS,
    caveats: [language.t('chart.keyRange'), ...said.caveats],
    table: {
      columns: [
        { title: language.t('chart.colPlace') },
        { title: language.t('chart.colPeriod') },
        { title: language.t('chart.colDays'), isNumber: true },
      ],
      rows: rows.map(({ name, second = '', records }, index) => {
        const days = answerTimes[index]?.days ?? null;
        return {
          cells: [cell(name), cell(second), cell(boundsText(days, reader), boundsRaw(days))],
          records,
        };
      }),
    },
    draw: (options) => rowScene(rows, axisHead(axis, language.number, options.measure), options),
  };
}
