/**
 * Which block of one text is which of another, every block considered, empty ones too. The id decides; blocks that lost
 * theirs (cut and pasted, typed anew) are found by their words, as comparisons do. Pure.
 */
import { matchBlocks, type Placed } from '../compare/match.ts';
import { longestRising } from '../compare/sequence.ts';
import { type Block, blockText, type SectionContent } from '../document/content.ts';

/** A block and where it stands among all blocks of its section. */
export type Spot = { readonly sectionKey: string; readonly index: number; readonly block: Block };

export function spotsOf(content: readonly SectionContent[]): Spot[] {
  return content.flatMap(({ key, blocks }) => blocks.map((block, index) => ({ sectionKey: key, index, block })));
}

/** For each later block the earlier one it comes from; an earlier block is used once at most. */
export function pairSpots(from: readonly Spot[], to: readonly Spot[]): Map<Spot, Spot> {
  const origin = new Map<Spot, Spot>();
  const used = new Set<Spot>();
  // Of two blocks with one id the one with the same words comes first.
  const traits = [({ block }: Spot) => `${block.id}\n${blockText(block)}`, ({ block }: Spot) => block.id];
  for (const trait of traits) {
    const waiting = new Map<string, Spot[]>();
    for (const spot of from) {
      if (used.has(spot) || spot.block.id === '') continue;
      waiting.set(trait(spot), [...(waiting.get(trait(spot)) ?? []), spot]);
    }
    for (const later of to) {
      if (origin.has(later)) continue;
      const earlier = waiting.get(trait(later))?.shift();
      if (earlier === undefined) continue;
      origin.set(later, earlier);
      used.add(earlier);
    }
  }
  pairByWords(
    from.filter((spot) => !used.has(spot)),
    to.filter((spot) => !origin.has(spot)),
    origin,
  );
  return origin;
}

/** What is left over is compared by words; `matchBlocks` sees only blocks that have some. */
function pairByWords(from: readonly Spot[], to: readonly Spot[], origin: Map<Spot, Spot>): void {
  if (from.length === 0 || to.length === 0) return;
  const [earlier, later] = [placedOf(from), placedOf(to)];
  for (const [after, before] of matchBlocks([...earlier.keys()], [...later.keys()])) {
    const [at, was] = [later.get(after), earlier.get(before)];
    if (at !== undefined && was !== undefined) origin.set(at, was);
  }
}

function placedOf(spots: readonly Spot[]): Map<Placed, Spot> {
  const withWords = spots.filter(({ block }) => blockText(block) !== '');
  const found = withWords.map((spot): [Placed, Spot] => [
    // Ids have been compared already; without them only words count.
    { block: { ...spot.block, id: '' }, text: blockText(spot.block), sectionKey: spot.sectionKey, index: spot.index },
    spot,
  ]);
  return new Map(found);
}

/** The blocks that are not in their old order or section: as few as possible. */
export function movedSpots(later: readonly Spot[], origin: ReadonlyMap<Spot, Spot>): Set<Spot> {
  const bySection = new Map<string, { readonly spot: Spot; readonly was: number }[]>();
  const moved = new Set<Spot>();
  for (const spot of later) {
    const was = origin.get(spot);
    if (was === undefined) continue;
    if (was.sectionKey !== spot.sectionKey) moved.add(spot);
    else bySection.set(spot.sectionKey, [...(bySection.get(spot.sectionKey) ?? []), { spot, was: was.index }]);
  }
  for (const stayed of bySection.values()) {
    const inOrder = longestRising(stayed.map(({ was }) => was));
    stayed.forEach(({ spot }, index) => {
      if (!inOrder.has(index)) moved.add(spot);
    });
  }
  return moved;
}
