import { relative } from 'node:path';
import type { Plugin } from 'vite';
import { reachedFiles } from './reached-files.ts';

/** What every page begins with, joining and the lock, and the pages around the log. */
const START = [
  'src/routes/+layout.svelte',
  'src/routes/+error.svelte',
  'src/lib/features/start/JoinScreen.svelte',
  'src/routes/+page.svelte',
  'src/routes/join/+page.svelte',
  'src/routes/log/+page.svelte',
  'src/routes/log/new/+page.svelte',
  'src/routes/log/[report]/+page.svelte',
];
/** What Kit and the bundler write around our pages. */
const AROUND = /\.svelte-kit\/generated\/root\.(js|svelte)$|rolldown\/runtime\.js$/;
/** What is open once it is unlocked, and the way to a saved convoy. */
const LOGGING = [
  'src/lib/client/state/gate.ts',
  'src/lib/features/shell/OpenFrame.svelte',
  'src/lib/features/convoy/LogHome.svelte',
  'src/lib/features/convoy/LogScreen.svelte',
  'src/lib/domain/records/warnings/report-contradictions.ts',
];

/** What is loaded where a convoy on record is near the one that is logged. */
const KNOWN = ['src/lib/features/convoy/KnownConvoys.svelte'];
/** A round of syncing, and the way out of trouble: neither may bring the screens along. */
const SYNCING = ['src/lib/client/sync/renewing-round.ts'];
const RESCUE = ['src/lib/features/start/Rescue.svelte'];
/** What every screen but the log's waits for, and those that most people look at. */
const SCREENS = [
  'src/lib/client/state/indicators.svelte.ts',
  'src/lib/features/access/AccessScreen.svelte',
  'src/lib/features/convoy/ConvoyScreen.svelte',
  'src/lib/features/convoy/ConvoysScreen.svelte',
  'src/lib/features/place/PlaceScreen.svelte',
  'src/lib/features/place/PlacesScreen.svelte',
];
/** Those that fewer look at. */
const OTHERS = [
  'src/lib/features/people/PeopleScreen.svelte',
  'src/lib/features/report/ReportScreen.svelte',
  'src/lib/features/requests/RequestsScreen.svelte',
  'src/lib/features/review/ReviewScreen.svelte',
  'src/lib/features/settings/MorePage.svelte',
  'src/lib/features/settings/SettingsPage.svelte',
  'src/lib/features/sync/SyncScreen.svelte',
];

/** What several name is in the first of them. */
const FILES = [
  { name: 'start', of: START },
  { name: 'logging', of: LOGGING },
  { name: 'known', of: KNOWN },
  { name: 'syncing', of: SYNCING },
  { name: 'rescue', of: RESCUE },
  { name: 'screens', of: SCREENS },
  { name: 'others', of: OTHERS },
];

/**
 * Puts what the first screens share into two files, and the other screens into a few: as the hundred
 * that a bundler makes of it by who imports what, it weighs a sixth more (ADR 0125).
 */
export function firstChunks(root: string): Plugin {
  const isIn = (files: ReadonlySet<string>, hasAround: boolean) => (id: string) =>
    files.has(relative(root, id.replace(/\?.*$/, ''))) || (hasAround && AROUND.test(id));
  return {
    name: 'crossline:first-chunks',
    config: () => ({
      environments: {
        client: {
          build: {
            rolldownOptions: {
              output: {
                codeSplitting: {
                  groups: FILES.map(({ name, of }, at) => ({
                    name,
                    test: isIn(reachedFiles(of), of === START),
                    priority: FILES.length - at,
                  })),
                },
              },
            },
          },
        },
      },
    }),
  };
}
