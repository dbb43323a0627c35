/** What the operator of a server sets through the environment (docs/api.md lists them all). */
export interface Settings {
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  /** The address people open, without a slash at its end. */
  readonly origin: string;
  /** A convoy that has ended goes to all members after this time, in milliseconds. */
  readonly releaseAfter: number;
  /** Groups from which on new devices begin with a snapshot. */
  readonly snapshotFrom: number;
  /** Megabytes that making a snapshot may take: more, and it is left out until there is more room. */
  readonly snapshotMemory: number;
  /** Lets another machine than this one read /metrics. */
  readonly metricsToken: string | undefined;
  readonly logLevel: string;
}

/** Two pages of a pull: below that a snapshot saves nothing. */
const SNAPSHOT_FROM = 1_000;
/** What a small server can spare beside everything else. */
const SNAPSHOT_MB = 1_024;
const HOUR = 3_600_000;
const RELEASE_HOURS = 48;
/** A year: a typing error must not keep convoys back for ever. */
const MAX_RELEASE_HOURS = 8_760;

/** Settings out of environment variables; what is absent or senseless has its default. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = env['PORT'] || '3000';
  return {
    folder: env['CROSSLINE_DATA'] || './data',
    databaseUrl: env['DATABASE_URL'] || undefined,
    origin: (env['ORIGIN'] || `http://localhost:${port}`).replace(/\/+$/, ''),
    releaseAfter: releaseHours(env['CROSSLINE_RELEASE_HOURS']) * HOUR,
    snapshotFrom: wholeNumber(env['CROSSLINE_SNAPSHOT_FROM'], SNAPSHOT_FROM),
    snapshotMemory: Math.max(64, wholeNumber(env['CROSSLINE_SNAPSHOT_MB'], SNAPSHOT_MB)),
    metricsToken: env['CROSSLINE_METRICS_TOKEN'] || undefined,
    logLevel: env['CROSSLINE_LOG'] || 'info',
  };
}

function releaseHours(text: string | undefined): number {
  const hours = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return hours >= 0 && hours <= MAX_RELEASE_HOURS ? hours : RELEASE_HOURS;
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : otherwise;
}
