/** The colours of app.css that marks are painted with. */
export const TOKENS = [
  'paper',
  'wash',
  'ink',
  'ink-2',
  'rule',
  'edge',
  'accent',
  'on-accent',
  'besieged',
  'hard',
  'accessible',
  'hatch',
  'milestone',
  'heat-1',
  'heat-2',
  'heat-3',
] as const;
export type Token = (typeof TOKENS)[number];

/** The two hatchings: of a band, every 4 px, and of a month cell, every 6. Both mean unknown. */
export type Hatch = 'hatch-band' | 'hatch-cell';
export type Paint = Token | Hatch | 'none';

export interface LookStyle {
  readonly fill: Paint;
  readonly stroke?: Paint;
  /** Px of the stroke; a shape may say another. */
  readonly width?: number;
  readonly dash?: string;
  readonly isRound?: boolean;
}

const line = (stroke: Paint, width = 1): LookStyle => ({ fill: 'none', stroke, width });
const area = (fill: Paint): LookStyle => ({ fill });
const outlined = (fill: Paint, stroke: Paint, width: number): LookStyle => ({
  fill,
  stroke,
  width,
});

/** What each mark looks like (docs/design.md): a mark has the same look in every chart. */
export const LOOKS = {
  // lines
  tick: line('rule'),
  rule: line('rule'),
  strong: line('ink'),
  base: line('edge'),
  milestone: line('milestone'),
  dotted: { ...line('edge', 1.25), dash: '1 4', isRound: true },
  gap: line('ink', 1.5),
  arrow: line('ink', 1.5),
  tie: line('accent', 1.5),
  whisker: line('ink', 1.5),
  cross: line('ink', 2),
  // events
  halo: area('paper'),
  delivery: outlined('accent', 'paper', 1),
  hollow: outlined('paper', 'accent', 2),
  /** Nobody recorded whether it is one that is looked at: the line of the gap goes on through it. */
  maybe: { ...outlined('none', 'accent', 1.5), dash: '2.5 2' },
  refusal: outlined('paper', 'ink', 1.5),
  // bands of status
  besieged: area('besieged'),
  hard: area('hard'),
  accessible: area('accessible'),
  evacuated: outlined('none', 'edge', 1),
  unknown: area('hatch-band'),
  // month cells
  heat1: area('heat-1'),
  heat2: area('heat-2'),
  heat3: area('heat-3'),
  cellPossible: { ...outlined('paper', 'accent', 1.25), dash: '3 2' },
  cellNone: outlined('paper', 'edge', 1),
  cellUnknown: area('hatch-cell'),
  // amounts: what is certain is filled, what is only possible is an outline
  certain: area('accent'),
  possible: { ...outlined('paper', 'accent', 1.25), dash: '3 2' },
  certainSecond: outlined('heat-2', 'accent', 1),
  waiting: area('ink'),
  outline: outlined('none', 'edge', 1),
  land: outlined('wash', 'edge', 1),
  // under an operation's own boundaries, which lie a little beside the coarse outline
  landUnder: area('wash'),
  boundary: line('edge', 0.75),
  // days waited, on the map: the darker the longer
  wait1: outlined('paper', 'ink', 1.5),
  wait2: outlined('hatch', 'paper', 1),
  wait3: outlined('ink-2', 'paper', 1),
  wait4: outlined('ink', 'paper', 1),
  waitUnknown: outlined('hatch-band', 'edge', 1),
  // text
  text: area('ink'),
  second: area('ink-2'),
  siege: area('besieged'),
  onHeat: area('on-accent'),
} as const satisfies Readonly<Record<string, LookStyle>>;

export type Look = keyof typeof LOOKS;

/** The attributes by which a look is drawn; `paint` turns a token into a colour. */
export function attributesOf(
  look: Look,
  paint: (paint: Paint) => string,
  width?: number,
): Readonly<Record<string, string | number>> {
  const style: LookStyle = LOOKS[look];
  const attributes: Record<string, string | number> = { fill: paint(style.fill) };
  if (style.stroke) {
    attributes['stroke'] = paint(style.stroke);
    attributes['stroke-width'] = width ?? style.width ?? 1;
  }
  if (style.dash) attributes['stroke-dasharray'] = style.dash;
  if (style.isRound) attributes['stroke-linecap'] = 'round';
  return attributes;
}
