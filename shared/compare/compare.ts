/**
 * What changed from one text to another, block by block: for "since you last read it", for any two versions. Pure: it sees
 * two contents and knows neither versions nor people. Headings are the template's and not compared.
 *
 * A block is `edited` when its words, its kind or its bold phrases differ (in the last two cases all its segments are
 * kept), also when it moved besides; `moved` when it stands elsewhere with the same words; empty lines are not compared.
 */
import type { BlockChange } from '../api/documents.ts';
import type { Block, SectionContent } from '../document/content.ts';
import { matchBlocks, type Placed, placed } from './match.ts';
import { diffTexts } from './segments.ts';
import { longestRising } from './sequence.ts';

export type ContentChanges = {
  /** Blocks that are not `same`. */
  readonly changed: number;
  readonly unchanged: number;
  /** Every section of either side that has blocks or is in the later text, in the later text's order. */
  readonly sections: { readonly key: string; readonly blocks: BlockChange[] }[];
};

export function compareContents(from: readonly SectionContent[], to: readonly SectionContent[]): ContentChanges {
  const earlier = placed(from);
  const later = placed(to);
  const origin = matchBlocks(earlier, later);
  const kept = new Set(origin.values());
  const inOrder = keptOrder(later, origin);
  const sections = sectionKeys(from, to).map((key) => {
    const blocks = later
      .filter(({ sectionKey }) => sectionKey === key)
      .map((block) => ({ block, change: changeOf(block, origin.get(block), inOrder.has(block)) }));
    const gone = earlier.filter((block) => block.sectionKey === key && !kept.has(block));
    return { key, blocks: withRemoved(blocks, gone, origin, inOrder) };
  });
  const all = sections.flatMap(({ blocks }) => blocks);
  const unchanged = all.filter(({ kind }) => kind === 'same').length;
  return { changed: all.length - unchanged, unchanged, sections };
}

/** The later text's sections, and those only the earlier one has, each behind its earlier neighbour. */
function sectionKeys(from: readonly SectionContent[], to: readonly SectionContent[]): string[] {
  const keys = to.map(({ key }) => key);
  from.forEach(({ key }, index) => {
    if (keys.includes(key)) return;
    const neighbour = from[index - 1]?.key;
    keys.splice(neighbour === undefined ? 0 : keys.indexOf(neighbour) + 1, 0, key);
  });
  return keys;
}

/** The later blocks that stayed in their section and, within it, in their order. */
function keptOrder(later: readonly Placed[], origin: ReadonlyMap<Placed, Placed>): Set<Placed> {
  const bySection = new Map<string, { block: Placed; was: number }[]>();
  for (const block of later) {
    const was = origin.get(block);
    if (was === undefined || was.sectionKey !== block.sectionKey) continue;
    const stayed = bySection.get(block.sectionKey) ?? [];
    stayed.push({ block, was: was.index });
    bySection.set(block.sectionKey, stayed);
  }
  const inOrder = new Set<Placed>();
  for (const stayed of bySection.values()) {
    const rising = longestRising(stayed.map(({ was }) => was));
    stayed.forEach(({ block }, index) => {
      if (rising.has(index)) inOrder.add(block);
    });
  }
  return inOrder;
}

function changeOf({ block, text }: Placed, was: Placed | undefined, inOrder: boolean): BlockChange {
  const item = isItem(block);
  if (was === undefined) return { blockId: block.id, kind: 'added', item, segments: [{ kind: 'added', text }] };
  const edited = text !== was.text || !sameLooks(block, was.block);
  const kind = edited ? 'edited' : inOrder ? 'same' : 'moved';
  return { blockId: block.id, kind, item, segments: diffTexts(was.text, text) };
}

function isItem(block: Block): boolean {
  return block.kind === 'item';
}

function sameLooks(a: Block, b: Block): boolean {
  if (a.kind !== b.kind || a.runs.length !== b.runs.length) return false;
  return a.runs.every((run, index) => run.strong === b.runs[index]?.strong && run.text === b.runs[index]?.text);
}

/** Puts what was removed where it stood: right behind the earlier block that kept its place, before what is new there. */
function withRemoved(
  blocks: readonly { readonly block: Placed; readonly change: BlockChange }[],
  gone: readonly Placed[],
  origin: ReadonlyMap<Placed, Placed>,
  inOrder: ReadonlySet<Placed>,
): BlockChange[] {
  const stayed = blocks.filter(({ block }) => inOrder.has(block)).map(({ block }) => origin.get(block)?.index ?? 0);
  const removedUpTo = (from: number, to: number): BlockChange[] =>
    gone
      .filter(({ index }) => index > from && index < to)
      .map(({ block, text }) => ({
        blockId: block.id,
        kind: 'removed',
        item: isItem(block),
        segments: [{ kind: 'removed', text }],
      }));
  const list = removedUpTo(-1, stayed[0] ?? Number.POSITIVE_INFINITY);
  let next = 0;
  for (const { block, change } of blocks) {
    list.push(change);
    if (!inOrder.has(block)) continue;
    next += 1;
    list.push(...removedUpTo(stayed[next - 1] ?? 0, stayed[next] ?? Number.POSITIVE_INFINITY));
  }
  return list;
}
