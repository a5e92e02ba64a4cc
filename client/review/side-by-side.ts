/** The same section of several members, side by side: what stands in each column, and what of it stands elsewhere. Pure. */
import type { TextAnswer } from '../../shared/api/documents.ts';
import { Elsewhere, type Part, parts } from '../../shared/compare/common-runs.ts';
import { blockText } from '../../shared/document/content.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { itemNumber } from '../../shared/template/sections.ts';

export type MemberText = { readonly id: DocumentId; readonly name: string; readonly text: TextAnswer };

export type SectionName = { readonly key: string; readonly heading: string };

export type Column = {
  readonly id: DocumentId;
  readonly name: string;
  /** Undefined when this member's text has no such section. */
  readonly characters: number | undefined;
  readonly blocks: readonly { readonly id: string; readonly number: string; readonly parts: readonly Part[] }[];
};

/** Every section with words of its own in anybody's text, in the order of the first text that has it. */
export function sectionNames(texts: readonly MemberText[]): SectionName[] {
  const names = new Map<string, string>();
  for (const { text } of texts) {
    for (const { key, heading, characters } of text.sections) {
      if (characters > 0 && !names.has(key)) names.set(key, heading);
    }
  }
  return [...names].map(([key, heading]) => ({ key, heading }));
}

/** One column for each member; passages are looked for in everything the others wrote. */
export function columnsOf(texts: readonly MemberText[], key: string): Column[] {
  const elsewhere = new Elsewhere();
  for (const { id, text } of texts) {
    for (const { blocks } of text.sections) for (const block of blocks) elsewhere.add(id, blockText(block));
  }
  return texts.map(({ id, name, text }) => {
    const section = text.sections.find((candidate) => candidate.key === key);
    let items = 0;
    const blocks = (section?.blocks ?? []).map((block) => {
      if (block.kind === 'item') items += 1;
      const words = blockText(block);
      return {
        id: block.id,
        number: block.kind === 'item' && section !== undefined ? itemNumber(section.itemNumbering, items) : '',
        parts: parts(words, elsewhere.commonRuns(id, words)),
      };
    });
    return { id, name, characters: section?.characters, blocks };
  });
}

/** Which of `count` columns are shown: a window of `width` that begins as near to `from` as there are columns. */
export function columnWindow(
  count: number,
  width: number,
  from: number,
): { readonly from: number; readonly to: number } {
  const first = Math.max(0, Math.min(from, count - width));
  return { from: first, to: Math.min(count, first + width) };
}
