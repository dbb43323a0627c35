/** Long enough for any browser to have read the file after the click has returned. */
const READ_WITHIN = 60_000;

/** Hands a file to the person by the browser's own saving. What may leave is decided before. */
export function offerFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN);
}
