/** From pasted paragraphs to blocks of one section: numbers become items, foreign anchors go. Pure. */
import type { BlockKind } from '../../../shared/document/schema.ts';
import type { StyledRun } from '../binding/shared-block.ts';
import { itemMarkerLength, itemOrdinal, nextMarkerLength } from './markers.ts';
import { cutRuns, type PastedParagraph, textOf } from './pasted.ts';

export type NewBlock = { readonly kind: BlockKind; readonly runs: readonly StyledRun[] };

/** `known` are the remarks of this document: anchors of others are not carried over. */
export function toBlocks(paragraphs: readonly PastedParagraph[], known: ReadonlySet<string>): NewBlock[] {
  const blocks: NewBlock[] = [];
  let expected = 0;
  for (const paragraph of paragraphs) {
    const text = textOf(paragraph);
    const marker = Math.max(itemMarkerLength(text), expected > 1 ? nextMarkerLength(text, expected) : 0);
    const numbered = marker > 0 && text.length > marker;
    const runs = paragraph.runs.map((run) => ({ ...run, remarks: run.remarks.filter((id) => known.has(id)) }));
    expected = numbered ? (itemOrdinal(text) ?? 0) + 1 : 0;
    if (text !== '') {
      blocks.push({
        kind: numbered || paragraph.item ? 'item' : 'paragraph',
        runs: numbered ? cutRuns(runs, marker) : runs,
      });
    }
  }
  return blocks;
}
