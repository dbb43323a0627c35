/** What a file may be at most: above it it is no list of convoys, and memory stays bounded. */

/** One physical line, in bytes. A line of 50 MB is refused after this much of it. */
export const MAX_LINE_BYTES = 1_048_576;
export const MAX_FILE_BYTES = 67_108_864;
/** One cell, in characters: what a text field of a record holds (fields.ts). */
export const MAX_CELL_LENGTH = 20_000;
export const MAX_COLUMNS = 200;
export const MAX_ROWS = 500_000;
/** Where an HXL row may stand (HXL standard). */
export const HXL_ROWS = 25;
