/**
 * What stands on the pages of a PDF and where, as poppler's `pdftotext` sees it: by position, not by the order in which the
 * file happens to draw. Needs poppler-utils.
 */
import { execFileSync } from 'node:child_process';
import { findProgram } from './chromium.ts';

/** One line of print; `middle`, `left` and `right` in points from the page's upper left corner. */
export type PdfLine = { readonly text: string; readonly middle: number; readonly left: number; readonly right: number };
export type PdfPage = { readonly width: number; readonly height: number; readonly lines: readonly PdfLine[] };

type Word = { readonly text: string; readonly middle: number; readonly left: number; readonly right: number };

export function pdfPages(pdf: Uint8Array): PdfPage[] {
  const program = findProgram('pdftotext');
  if (program === undefined) {
    throw new Error(
      'no pdftotext: this test reads PDF files with poppler; install it (Debian: apt-get install poppler-utils)',
    );
  }
  const html = execFileSync(program, ['-bbox', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return html
    .split('<page ')
    .slice(1)
    .map((page) => {
      const [, width = '', height = ''] = /width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? [];
      return { width: Number(width), height: Number(height), lines: linesOf(page) };
    });
}

/** The lines of a page without what stands above and below the type area (header, page number). */
export function typeArea(page: PdfPage, top: number, bottom: number): readonly PdfLine[] {
  return page.lines.filter((line) => line.middle > top && line.middle < page.height - bottom);
}

function linesOf(page: string): PdfLine[] {
  const pattern = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([\s\S]*?)<\/word>/g;
  const words = [...page.matchAll(pattern)].map(
    ([, left, top, right, bottom, text = '']): Word => ({
      text: unescapeHtml(text),
      left: Number(left),
      right: Number(right),
      middle: (Number(top) + Number(bottom)) / 2,
    }),
  );
  const lines: Word[][] = [];
  for (const word of words.toSorted((a, b) => a.middle - b.middle)) {
    const line = lines.at(-1);
    // Fonts of one line differ by a few points in their boxes; lines are 28.95 pt apart.
    if (line?.[0] !== undefined && word.middle - line[0].middle < 10) line.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => {
    const inOrder = line.toSorted((a, b) => a.left - b.left);
    return {
      text: inOrder.map((word) => word.text).join(''),
      middle: Math.min(...line.map((word) => word.middle)),
      left: Math.min(...line.map((word) => word.left)),
      right: Math.max(...line.map((word) => word.right)),
    };
  });
}

function unescapeHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|#\d+);/g, (_, name: string) => {
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name] ?? '';
  });
}
