/** The sizes in which an access time line is drawn, in px (docs/design.md, access time line). */
export interface TimelineStyle {
  readonly height: number;
  readonly pad: number;
  /** The line of deliveries, from the top. */
  readonly lineY: number;
  /** How far above the line a refusal stands. */
  readonly refusalRise: number;
  readonly diamond: number;
  /** r = max(least, perRootPerson · √people). */
  readonly perRootPerson: number;
  readonly least: number;
  readonly hollow: number;
  readonly hollowStroke: number;
  readonly halo: number;
  readonly gapStroke: number;
  readonly openStroke: number;
  /** 0: no lengths on the line, the last column has them. */
  readonly gapLabel: number;
  readonly bandTop: number;
  readonly bandHeight: number;
  /** Where the verticals of milestones begin; 0 with no milestones drawn. */
  readonly milestoneTop: number;
  readonly tickTop: number;
  readonly tickBottom: number;
  readonly tickText: number;
  /** Baseline of the names of the statuses; 0: none. */
  readonly statusText: number;
}

export const PLACE_PAGE: TimelineStyle = {
  height: 130,
  pad: 10,
  lineY: 50,
  refusalRise: 9.5,
  diamond: 4.5,
  perRootPerson: 0.058,
  least: 3.25,
  hollow: 6,
  hollowStroke: 2,
  halo: 1.5,
  gapStroke: 1.5,
  openStroke: 3,
  gapLabel: 21,
  bandTop: 74,
  bandHeight: 10,
  milestoneTop: 8,
  tickTop: 84,
  tickBottom: 106,
  tickText: 103,
  statusText: 125,
};

export const PHONE_LIST: TimelineStyle = {
  height: 48,
  pad: 4,
  lineY: 26,
  refusalRise: 13,
  diamond: 4,
  perRootPerson: 0.021,
  least: 2.75,
  hollow: 2.75,
  hollowStroke: 1.5,
  halo: 1,
  gapStroke: 1,
  openStroke: 2.5,
  gapLabel: 0,
  bandTop: 0,
  bandHeight: 0,
  milestoneTop: 0,
  tickTop: 0,
  tickBottom: 48,
  tickText: 0,
  statusText: 0,
};

/** With bands of status at its foot. */
export const LAPTOP_ROW: TimelineStyle = {
  height: 48,
  pad: 8,
  lineY: 24,
  refusalRise: 9.5,
  diamond: 4.5,
  perRootPerson: 0.042,
  least: 3.25,
  hollow: 4,
  hollowStroke: 2,
  halo: 1.5,
  gapStroke: 1.5,
  openStroke: 3,
  gapLabel: 15,
  bandTop: 41,
  bandHeight: 4,
  milestoneTop: 0,
  tickTop: 0,
  tickBottom: 48,
  tickText: 0,
  statusText: 0,
};

/** Where the lens names the status of all rows. */
export const LAPTOP_LIST: TimelineStyle = { ...LAPTOP_ROW, bandHeight: 0 };

/** A row of the time line of all places, with bands and the lengths of gaps. */
export const ALL_PLACES_LAPTOP: TimelineStyle = {
  ...LAPTOP_ROW,
  height: 30,
  lineY: 16,
  bandTop: 25.5,
  tickBottom: 30,
};

/** The same on a phone: the last column has the wait, the place's own page the rest. */
export const ALL_PLACES_PHONE: TimelineStyle = { ...PHONE_LIST, bandTop: 43.5, bandHeight: 4 };
