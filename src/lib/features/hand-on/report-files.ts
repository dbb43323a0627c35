import { chartToText } from '#lib/charts/prepare/chart-csv.ts';
import type { ReleasedReport } from '#lib/client/state/released-report.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sitrepHtml, sitrepLines, type SitrepPicture } from '#lib/statements/sitrep-text.ts';
import { offerFile } from '#lib/ui/offer-file.ts';
import { chartImage } from './chart-files.ts';

export interface CopyError {
  readonly type: 'not_copied';
}

/** Px of a picture in a document, and of the paper around it: the width of the text of an A4 page. */
const WIDTH = 624;
const MARGINS = 48;

async function htmlOf({ text, figures }: ReleasedReport): Promise<string> {
  const reader = { rightToLeft: text.direction === 'rtl', language: text.locale };
  const pictures = await Promise.all(
    figures.map(async ({ section, chart }): Promise<SitrepPicture> => ({
      section,
      words: chartToText(chart),
      image: await chartImage(chart, reader, WIDTH),
      width: WIDTH + MARGINS,
    })),
  );
  return sitrepHtml(text, pictures);
}

const linesOf = ({ text }: ReleasedReport): string => sitrepLines(text).join('\n');

/** Puts the report on the clipboard, as text and as HTML: what is pasted into decides which. */
export async function copyReport(report: ReleasedReport): Promise<Result<null, CopyError>> {
  const html = htmlOf(report).then((content) => new Blob([content], { type: 'text/html' }));
  try {
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': new Blob([linesOf(report)], { type: 'text/plain' }),
        // as a promise: some browsers forget the tap while the pictures are drawn
        'text/html': html,
      }),
    ]);
    return ok(null);
  } catch {
    return err({ type: 'not_copied' });
  }
}

export type ReportFormat = 'txt' | 'html';

/** Hands the report to the person as a file of their own device. */
export async function saveReport(
  report: ReleasedReport,
  format: ReportFormat,
  name: string,
): Promise<void> {
  if (format === 'txt') {
    offerFile(new Blob([linesOf(report)], { type: 'text/plain;charset=utf-8' }), name);
    return;
  }
  // a file of its own says what it is written in; what is pasted must not
  const page = `<!doctype html><meta charset="utf-8">${await htmlOf(report)}`;
  offerFile(new Blob([page], { type: 'text/html;charset=utf-8' }), name);
}

/** The page that is open, as paper: only a report that may leave the device is printed. */
export const printReport = (_report: ReleasedReport): void => print();
