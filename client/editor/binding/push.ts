/**
 * From the editor to the shared text: what changed between the blocks as last agreed and the blocks as they stand is
 * written into the section's fragment, block by block. Pure but for the fragment it writes; call it in one transaction.
 */
import type { Node } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { idOf, runsOf, sliceRuns } from './block-node.ts';
import { diffText } from './diff-text.ts';
import { applyLooks, createBlock, insertLetters, removeLetters } from './shared-block.ts';

/** A shared block and the node it was last agreed to be; no node for an element this editor does not show. */
export type Entry = { readonly element: Y.XmlElement; readonly node: Node | undefined };

/** Where the caret is in the new blocks, to tell 的|的 from |的的. */
export type CaretHint = { readonly index: number; readonly offset: number };

/** Writes `blocks` over `entries`, except the block of `held`; returns the new entries. */
export function pushBlocks(
  fragment: Y.XmlFragment,
  entries: readonly Entry[],
  blocks: readonly Node[],
  caret: CaretHint | undefined,
  held: Y.XmlElement | undefined,
): Entry[] {
  const partners = matchBlocks(entries, blocks);
  const kept = new Set(partners.filter((entry) => entry !== undefined));
  removeOthers(fragment, entries, kept);
  const result: Entry[] = entries.filter((entry) => entry.node === undefined || kept.has(entry));
  let position = 0;
  blocks.forEach((block, index) => {
    const partner = partners[index];
    position = skipUnknown(result, position);
    if (partner === undefined) {
      const element = createBlock(block.type.name, idOf(block) ?? '', runsOf(block));
      fragment.insert(position, [element]);
      result.splice(position, 0, { element, node: block });
    } else if (partner.node !== undefined && partner.element !== held) {
      if (partner.node !== block) writeBlock(partner.element, partner.node, block, hintFor(caret, index));
      result[position] = { element: partner.element, node: block };
    }
    position += 1;
  });
  return result;
}

function hintFor(caret: CaretHint | undefined, index: number): number | undefined {
  return caret?.index === index ? caret.offset : undefined;
}

/** Blocks that were inserted go before elements the editor does not show only when those stand further behind. */
function skipUnknown(entries: readonly Entry[], position: number): number {
  let index = position;
  while (entries[index] !== undefined && entries[index]?.node === undefined) index += 1;
  return index;
}

function removeOthers(fragment: Y.XmlFragment, entries: readonly Entry[], kept: ReadonlySet<Entry>): void {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry?.node !== undefined && !kept.has(entry)) fragment.delete(index, 1);
  }
}

/** For each block the entry it continues: the same node, or the same id and kind, never crossing another pair. */
export function matchBlocks(entries: readonly Entry[], blocks: readonly Node[]): (Entry | undefined)[] {
  const candidates = blocks.map((block) => entries.findIndex((entry) => entry.node === block));
  const taken = new Set(candidates);
  blocks.forEach((block, index) => {
    if (candidates[index] !== -1) return;
    const id = idOf(block);
    const found = entries.findIndex(
      ({ node }, at) =>
        node !== undefined && !taken.has(at) && id !== undefined && idOf(node) === id && node.type === block.type,
    );
    candidates[index] = found;
    taken.add(found);
  });
  const staying = longestIncreasing(candidates);
  return candidates.map((at, index) => (staying.has(index) ? entries[at] : undefined));
}

/** The indexes of the longest run of ascending numbers, -1 left out. Blocks that moved against it are written anew. */
function longestIncreasing(numbers: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, index) => {
    if (number < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const found = new Set<number>();
  for (let index = tails[tails.length - 1] ?? -1; index >= 0; index = before[index] ?? -1) found.add(index);
  return found;
}

/** Brings one shared block from `before` to `after`: its letters by the smallest change, then its looks and its id. */
function writeBlock(element: Y.XmlElement, before: Node, after: Node, caret: number | undefined): void {
  const runs = runsOf(after);
  const change = diffText(before.textContent, after.textContent, caret);
  if (change !== undefined) {
    removeLetters(element, change.at, change.at + change.remove);
    insertRuns(element, change.at, sliceRuns(runs, change.at, change.at + change.insert.length));
  }
  applyLooks(element, runs);
  const id = idOf(after);
  if (id !== undefined && id !== idOf(before)) element.setAttribute('id', id);
}

export function insertRuns(element: Y.XmlElement, at: number, runs: ReturnType<typeof runsOf>): void {
  let offset = at;
  for (const run of runs) {
    insertLetters(element, offset, run);
    offset += run.text.length;
  }
}
