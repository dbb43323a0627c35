/** Names of the databases: known to the page before anything else is loaded. */
export const DEVICE_DATABASE = 'crossline';
export const DRAFT_DATABASE = 'crossline-drafts';
export const EXAMPLE_DATABASE = 'crossline-example';
export const EXAMPLE_DRAFT_DATABASE = 'crossline-example-drafts';
