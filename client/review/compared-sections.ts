/**
 * A comparison as a page: every heading of the document with what changed below it, items with the numbers they have in the
 * later text. Pure.
 */
import type { BlockChange, CompareAnswer } from '../../shared/api/documents.ts';
import { heading, itemNumber, type Section } from '../../shared/template/sections.ts';

export type NumberedChange = BlockChange & {
  /** 「1.」 or 「（一）」 as the later text shows it; empty for running text and for what was removed. */
  readonly number: string;
};

export type ComparedSection = {
  readonly key: string;
  readonly level: 0 | 1 | 2;
  readonly heading: string;
  readonly blocks: readonly NumberedChange[];
};

/** The document's sections in their order, those that only hold others included, then those only the versions know. */
export function comparedSections(answer: CompareAnswer, sections: readonly Section[]): ComparedSection[] {
  const known = sections.map((section): ComparedSection => {
    const found = answer.sections.find(({ key }) => key === section.key);
    const blocks = numbered(found?.blocks ?? [], section.itemNumbering);
    // The words of the version, when a heading has been renamed since.
    return { key: section.key, level: section.level, heading: found?.heading ?? heading(section), blocks };
  });
  const gone = answer.sections.filter(({ key, blocks }) => blocks.length > 0 && !sections.some((s) => s.key === key));
  return [
    ...known,
    ...gone.map(({ key, heading: words, blocks }): ComparedSection => {
      return { key, level: words === '' ? 0 : 1, heading: words, blocks: numbered(blocks, 'arabic') };
    }),
  ];
}

function numbered(blocks: readonly BlockChange[], numbering: Section['itemNumbering']): NumberedChange[] {
  let count = 0;
  return blocks.map((block) => {
    if (block.item !== true || block.kind === 'removed') return { ...block, number: '' };
    count += 1;
    return { ...block, number: itemNumber(numbering, count) };
  });
}
