/** From pasted paragraphs to blocks of one section: numbers become items, foreign anchors go. Pure. */
import type { BlockKind } from '../../../shared/document/schema.ts';
import type { StyledRun } from '../binding/shared-block.ts';
import { itemMarkerLength } from './markers.ts';
import { cutRuns, type PastedParagraph, textOf } from './pasted.ts';

export type NewBlock = { readonly kind: BlockKind; readonly runs: readonly StyledRun[] };

/** `known` are the remarks of this document: anchors of others are not carried over. */
export function toBlocks(paragraphs: readonly PastedParagraph[], known: ReadonlySet<string>): NewBlock[] {
  return paragraphs
    .map((paragraph) => toBlock(paragraph, known))
    .filter((block) => block.runs.some((run) => run.text !== ''));
}

function toBlock(paragraph: PastedParagraph, known: ReadonlySet<string>): NewBlock {
  const runs = paragraph.runs.map((run) => ({ ...run, remarks: run.remarks.filter((id) => known.has(id)) }));
  const marker = itemMarkerLength(textOf(paragraph));
  const words = textOf(paragraph).length - marker;
  if (marker > 0 && words > 0) return { kind: 'item', runs: cutRuns(runs, marker) };
  return { kind: paragraph.item ? 'item' : 'paragraph', runs };
}
