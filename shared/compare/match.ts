/**
 * Which block became which. The block id decides first; blocks left over are matched by their words, so that cutting and
 * pasting or typing a paragraph anew is not shown as one removal and one addition.
 */
import { type Block, blockText, type SectionContent } from '../document/content.ts';

/** A block with words and the place where it stands. */
export type Placed = {
  readonly block: Block;
  readonly text: string;
  readonly sectionKey: string;
  /** Its index among the section's blocks with words. */
  readonly index: number;
};

/** From this share of common pairs of characters on, two blocks are one block, changed. */
const alike = 0.5;
/** Shorter blocks are matched only when they are equal. */
const shortest = 6;
/** Beyond so many pairs only equal blocks are matched: a comparison must stay quick. */
const mostPairs = 60_000;

/** The blocks that have words. An empty line that came or went is not a change of the text. */
export function placed(sections: readonly SectionContent[]): Placed[] {
  return sections.flatMap(({ key, blocks }) =>
    blocks
      .map((block) => ({ block, text: blockText(block) }))
      .filter(({ text }) => text !== '')
      .map(({ block, text }, index) => ({ block, text, sectionKey: key, index })),
  );
}

/** For each later block the earlier one it comes from; an earlier block is used once at most. */
export function matchBlocks(from: readonly Placed[], to: readonly Placed[]): Map<Placed, Placed> {
  const origin = new Map<Placed, Placed>();
  const used = new Set<Placed>();
  const pair = (earlier: Placed, later: Placed) => {
    origin.set(later, earlier);
    used.add(earlier);
  };
  matchBy(from, to, ({ block }) => block.id, origin, used, pair);
  matchBy(from, to, ({ sectionKey, text }) => `${sectionKey}\n${text}`, origin, used, pair);
  matchBy(from, to, ({ text }) => text, origin, used, pair);
  for (const { earlier, later } of likenesses(
    from.filter((block) => !used.has(block)),
    to.filter((block) => !origin.has(block)),
  )) {
    if (!used.has(earlier) && !origin.has(later)) pair(earlier, later);
  }
  return origin;
}

function matchBy(
  from: readonly Placed[],
  to: readonly Placed[],
  trait: (block: Placed) => string,
  origin: ReadonlyMap<Placed, Placed>,
  used: ReadonlySet<Placed>,
  pair: (earlier: Placed, later: Placed) => void,
): void {
  const waiting = new Map<string, Placed[]>();
  for (const block of from) {
    if (used.has(block) || trait(block) === '') continue;
    waiting.set(trait(block), [...(waiting.get(trait(block)) ?? []), block]);
  }
  for (const later of to) {
    if (origin.has(later)) continue;
    const earlier = waiting.get(trait(later))?.shift();
    if (earlier !== undefined) pair(earlier, later);
  }
}

type Likeness = { readonly earlier: Placed; readonly later: Placed; readonly score: number };

/** Pairs that are alike, the best first; between equals the same section, then the nearer place. */
function likenesses(from: readonly Placed[], to: readonly Placed[]): Likeness[] {
  if (from.length * to.length > mostPairs) return [];
  const earlierPairs = from.map(({ text }) => characterPairs(text));
  const laterPairs = to.map(({ text }) => characterPairs(text));
  const found: (Likeness & { readonly far: number })[] = [];
  from.forEach((earlier, i) => {
    to.forEach((later, j) => {
      if (earlier.text.length < shortest || later.text.length < shortest) return;
      const score = likeness(earlierPairs[i], laterPairs[j], earlier.text.length - 1, later.text.length - 1);
      const elsewhere = earlier.sectionKey === later.sectionKey ? 0 : 1000;
      if (score >= alike) found.push({ earlier, later, score, far: elsewhere + Math.abs(earlier.index - later.index) });
    });
  });
  return found.sort((a, b) => b.score - a.score || a.far - b.far);
}

type Pairs = ReadonlyMap<string, number>;

function characterPairs(text: string): Pairs {
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < text.length; i += 1) {
    const two = text.slice(i, i + 2);
    pairs.set(two, (pairs.get(two) ?? 0) + 1);
  }
  return pairs;
}

/** Dice's coefficient over pairs of neighbouring characters. */
function likeness(a: Pairs | undefined, b: Pairs | undefined, aCount: number, bCount: number): number {
  if (a === undefined || b === undefined) return 0;
  if ((2 * Math.min(aCount, bCount)) / (aCount + bCount) < alike) return 0;
  let common = 0;
  for (const [two, count] of a) common += Math.min(count, b.get(two) ?? 0);
  return (2 * common) / (aCount + bCount);
}
