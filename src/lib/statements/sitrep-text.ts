import type { Direction, Locale } from '#lib/i18n/locales.ts';
import { ISOLATES, type Reader, renderAlone } from './render.ts';
import type { Sentence } from './sentence.ts';
import type { SitrepSection } from './sitrep.ts';

/** A situation report in a language: what a screen, a page and a file print. */
export interface SitrepText {
  readonly locale: Locale;
  readonly direction: Direction;
  readonly title: string;
  readonly sections: readonly {
    readonly id: string;
    readonly heading: string;
    readonly blocks: readonly TextBlock[];
  }[];
}

export type TextBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/**
 * The report's sentences as text: each begins with a capital where there are any, and ends. From
 * right to left names and ranges are set apart by invisible signs, which a screen obeys as they are.
 */
export function renderSitrep(
  title: Sentence,
  sections: readonly SitrepSection[],
  reading: Reader,
): SitrepText {
  const reader = { ...reading, isolates: true };
  const ended = (sentence: Sentence): string => `${renderAlone(sentence, reader)}.`;
  const { locale, direction } = reader.language;
  return {
    locale,
    direction,
    title: renderAlone(title, reader),
    sections: sections.map(({ id, heading, blocks }) => ({
      id,
      heading: renderAlone(heading, reader),
      blocks: blocks.map((block) =>
        block.kind === 'list'
          ? { kind: 'list', items: block.items.map(ended) }
          : { kind: 'paragraph', text: block.sentences.map(ended).join(' ') },
      ),
    })),
  };
}

/** The same without the invisible signs, for files that other programs read. */
export function plainSitrep({ title, sections, ...text }: SitrepText): SitrepText {
  return {
    ...text,
    title: plain(title),
    sections: sections.map(({ id, heading, blocks }) => ({
      id,
      heading: plain(heading),
      blocks: blocks.map((block) =>
        block.kind === 'list'
          ? { ...block, items: block.items.map(plain) }
          : { ...block, text: plain(block.text) },
      ),
    })),
  };
}

const plain = (text: string): string => text.replaceAll(/[\u2067-\u2069]/gu, '');

/** The report as lines of plain text, to be pasted anywhere. */
export function sitrepLines(text: SitrepText): readonly string[] {
  const { title, sections } = plainSitrep(text);
  const lines = [title];
  for (const { heading, blocks } of sections) {
    lines.push('', heading);
    for (const block of blocks) {
      if (block.kind === 'paragraph') lines.push(block.text);
      else lines.push(...block.items.map((item) => `• ${item}`));
    }
  }
  return lines;
}

/** A picture below a section, or below the title (null): mail and word processors take a PNG inside the HTML, and no SVG. */
export interface SitrepPicture {
  readonly section: string | null;
  /** What it shows, for whoever cannot see it; all there is of it where it could not be drawn. */
  readonly words: string;
  /** A `data:` address; null: it could not be drawn. */
  readonly image: string | null;
  /** CSS px. */
  readonly width: number;
}

/**
 * The report as HTML to be pasted into a document: headings, paragraphs, lists and pictures alone,
 * with its language and direction. All text is escaped, and what is set apart becomes a `<bdi>`.
 */
export function sitrepHtml(
  { locale, direction, title, sections }: SitrepText,
  pictures: readonly SitrepPicture[] = [],
): string {
  const below = (id: string | null): string =>
    pictures
      .filter(({ section }) => section === id)
      .map(pictureHtml)
      .join('');
  const parts = sections.map(({ id, heading, blocks }) => {
    const inner = blocks.map((block) =>
      block.kind === 'paragraph'
        ? `<p>${toHtml(block.text)}</p>`
        : `<ul>${block.items.map((item) => `<li>${toHtml(item)}</li>`).join('')}</ul>`,
    );
    return `<section><h2>${toHtml(heading)}</h2>${inner.join('')}${below(id)}</section>`;
  });
  const open = `<article lang="${locale}" dir="${direction}">`;
  return `${open}<h1>${toHtml(title)}</h1>${below(null)}${parts.join('')}</article>`;
}

/** Signs that set names apart have no place in an attribute. */
const pictureHtml = ({ words, image, width }: SitrepPicture): string =>
  image === null
    ? `<p>${toHtml(words)}</p>`
    : `<p><img src="${image}" width="${width}" alt="${toHtml(plain(words))}"></p>`;

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  [ISOLATES.any]: '<bdi>',
  [ISOLATES.rightToLeft]: '<bdi dir="rtl">',
  [ISOLATES.end]: '</bdi>',
};

const toHtml = (text: string): string =>
  text.replaceAll(/[&<>"'\u2067-\u2069]/gu, (sign) => MARKUP[sign] ?? sign);
