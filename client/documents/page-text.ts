/** A document's text as it stands on the page, for the clipboard: headings, and a line for each paragraph. */
import { blockText, type SectionContent } from '../../shared/document/content.ts';
import { heading, type Section } from '../../shared/template/sections.ts';

export function pageText(sections: readonly Section[], content: readonly SectionContent[]): string {
  return sections
    .flatMap((section) => {
      const blocks = content.find(({ key }) => key === section.key)?.blocks ?? [];
      return [section.level > 0 ? heading(section) : '', ...blocks.map(blockText)];
    })
    .filter((line) => line !== '')
    .join('\n');
}
