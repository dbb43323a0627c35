import { err, ok, type Result } from '#lib/domain/result.ts';

export interface CopyError {
  readonly type: 'not_copied';
}

/** Puts the report on the clipboard, as text and as HTML: what is pasted into decides which. */
export async function copyReport(text: string, html: string): Promise<Result<null, CopyError>> {
  try {
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': new Blob([text], { type: 'text/plain' }),
        'text/html': new Blob([html], { type: 'text/html' }),
      }),
    ]);
    return ok(null);
  } catch {
    return err({ type: 'not_copied' });
  }
}

/** Hands the report to the person as a file of their own device. */
export function saveReport(content: string, name: string): void {
  const type = name.endsWith('.html') ? 'text/html' : 'text/plain';
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
