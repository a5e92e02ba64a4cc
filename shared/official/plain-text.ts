/** The final text as plain text: one paragraph a line, one blank line after the title block and between its parts. */
import type { OfficialParagraph, OfficialText } from './official-text.ts';

/** The words of one paragraph. */
export function paragraphText(paragraph: OfficialParagraph): string {
  return paragraph.runs.map((run) => run.text).join('');
}

/** The lines of the title block: a title broken for print is whole again. */
export function titleBlock(text: OfficialText): string[] {
  return [...text.title.map((lines) => lines.join('')), text.markLine, text.byline, text.dateLine].filter(
    (line) => line !== '',
  );
}

/** The whole text; lines end with \n, the last one too. */
export function toPlainText(text: OfficialText): string {
  const lines = [...titleBlock(text), ''];
  for (const paragraph of text.paragraphs) {
    if (paragraph.opensPart && lines.at(-1) !== '') lines.push('');
    lines.push(paragraphText(paragraph));
  }
  return `${lines.join('\n')}\n`;
}
