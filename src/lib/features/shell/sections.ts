import type { OpenOperation } from '#lib/client/state/open-operation.svelte.ts';
import type { MessageKey } from '#lib/i18n/messages.ts';

type Role = OpenOperation['identity']['role'];

export type Section =
  'log' | 'places' | 'convoys' | 'access' | 'requests' | 'review' | 'report' | 'more';

export interface SectionLink {
  readonly section: Section;
  readonly href: string;
  readonly label: MessageKey;
}

const READERS: readonly Role[] = ['observer', 'logger', 'coordinator', 'owner'];
const LOGGERS: readonly Role[] = ['logger', 'coordinator', 'owner'];
const COORDINATORS: readonly Role[] = ['coordinator', 'owner'];

/** Every section in the order of a laptop's bar, and who may open it (docs/security.md, roles). */
const SECTIONS: readonly (SectionLink & { readonly roles: readonly Role[] })[] = [
  { section: 'log', href: '/log', label: 'nav.log', roles: LOGGERS },
  { section: 'places', href: '/places', label: 'nav.places', roles: READERS },
  { section: 'convoys', href: '/convoys', label: 'nav.convoys', roles: READERS },
  { section: 'access', href: '/access', label: 'nav.access', roles: READERS },
  { section: 'requests', href: '/requests', label: 'nav.requests', roles: COORDINATORS },
  { section: 'review', href: '/review', label: 'nav.review', roles: LOGGERS },
  { section: 'report', href: '/report', label: 'nav.report', roles: READERS },
  { section: 'more', href: '/more', label: 'nav.more', roles: READERS },
];

/** What stands at the foot of a phone, at most five; the rest is under “more”. */
const BAR: Readonly<Record<Role, readonly Section[]>> = {
  observer: ['access', 'places', 'convoys', 'more'],
  logger: ['log', 'places', 'convoys', 'more'],
  coordinator: ['access', 'places', 'convoys', 'log', 'more'],
  owner: ['access', 'places', 'convoys', 'log', 'more'],
};

/**
 * What a section puts on paper: paper leaves the device as a file does. `released`: lists and charts,
 * while no convoy is under way; `nothing`: plans, requests, what is being logged or settled; `all`:
 * what tells of no convoy, and the report, which is made to be handed on.
 */
export type Printing = 'all' | 'released' | 'nothing';
export const PRINTING: Readonly<Record<Section, Printing>> = {
  log: 'nothing',
  places: 'released',
  convoys: 'released',
  access: 'released',
  requests: 'nothing',
  review: 'nothing',
  report: 'all',
  more: 'all',
};

/** The sections that a role may open. */
export function sectionsFor(role: Role): readonly SectionLink[] {
  return SECTIONS.filter(({ roles }) => roles.includes(role));
}

/** The sections at the foot of a phone, in their order. */
export function barFor(role: Role): readonly SectionLink[] {
  const open = sectionsFor(role);
  return BAR[role].flatMap((section) => open.find((one) => one.section === section) ?? []);
}

/** The sections that a phone shows under “more”. */
export function underMore(role: Role): readonly SectionLink[] {
  return sectionsFor(role).filter(({ section }) => !BAR[role].includes(section));
}

/** Plans, settling and accepted values are a coordinator's. */
export const isCoordinating = (role: Role): boolean => COORDINATORS.includes(role);

/** Loggers log; whoever coordinates or reads begins with who has waited how long. */
export const homeOf = (role: Role): string => (role === 'logger' ? '/log' : '/access');
