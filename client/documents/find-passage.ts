/** Where words of a block stand now: the block may have moved and the words within it. Pure. */
import type * as Y from 'yjs';
import { blockText, readSection } from '../../shared/document/content.ts';
import type { Found } from '../editor/find.ts';
import type { PassagePlace } from './document-context.ts';

/** The whole block when the words are gone from it, the section's beginning when the block is gone. */
export function findPassage(doc: Y.Doc, { sectionKey, blockId, from, quote }: PassagePlace): Found {
  const { blocks } = readSection(doc, sectionKey);
  const index = blocks.findIndex(({ id }) => id === blockId);
  const block = blocks[index];
  if (block === undefined) return { section: sectionKey, block: 0, from: 0, to: 0 };
  const text = blockText(block);
  const at = text.startsWith(quote, from) ? from : text.indexOf(quote);
  return at < 0
    ? { section: sectionKey, block: index, from: 0, to: text.length }
    : { section: sectionKey, block: index, from: at, to: at + quote.length };
}
