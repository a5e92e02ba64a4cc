/**
 * One change of a proposal brought into the author's draft: three-way, with the version as what both started from. Blocks are
 * found by their id (or by their words, when they lost it), words by where they stand and by quote. What both changed is
 * never written over: both readings are handed out, and the author chooses.
 *
 * Changes can be adopted in any order, each alone: `adopted` says which are in the draft already, and a block is compared with
 * the version as those left it. All of them adopted on the unchanged draft give exactly the proposal's text. Pure.
 */
import type { Change, ChangeOf } from '../api/proposals.ts';
import { blockText, type Run, type SectionContent } from '../document/content.ts';
import type { Proposed } from './changes.ts';
import { cutRuns, embolden, joinRuns, replaceRuns, sameRuns, textOf } from './letters.ts';
import { locate, type Range } from './locate.ts';
import { pairSpots, type Spot, spotsOf } from './pairs.ts';
import type { Step } from './steps.ts';

/**
 * `there`: the draft says so already. A conflict leaves the draft alone: `mine` is the author's reading and `place` where it
 * stands, `theirs` what would stand there in its place (nothing, for a removal).
 */
export type Plan =
  | { readonly result: 'step'; readonly step: Step }
  | { readonly result: 'there' }
  | {
      readonly result: 'conflict';
      readonly mine: string;
      readonly theirs: readonly Run[];
      readonly place: Place | undefined;
    };

/** Letters of a block of the draft. */
export type Place = Range & { readonly sectionKey: string; readonly index: number };

/** What adopting `change` would do to `draft`, of which the changes in `adopted` are part already. */
export function planAdoption(
  proposed: Proposed,
  change: Change,
  draft: readonly SectionContent[],
  adopted: ReadonlySet<string>,
): Plan {
  return adoptionPlanner(proposed, draft, adopted)(change);
}

/** The same for many changes on one draft. */
export function adoptionPlanner(
  proposed: Proposed,
  draft: readonly SectionContent[],
  adopted: ReadonlySet<string>,
): (change: Change) => Plan {
  const ground = new Ground(proposed, draft, adopted);
  return (change) => (adopted.has(change.id) ? { result: 'there' } : planOn(ground, change));
}

function planOn(ground: Ground, change: Change): Plan {
  switch (change.kind) {
    case 'edited':
      return planEdit(ground, change);
    case 'strong':
      return planStrong(ground, change);
    case 'form':
      return planForm(ground, change);
    case 'added':
      return planAddition(ground, change);
    case 'removed':
      return planRemoval(ground, change);
    case 'moved':
      return planMove(ground, change);
  }
}

/** The draft beside the proposal: which block is where by now. */
class Ground {
  readonly proposed: Proposed;
  readonly draft: readonly SectionContent[];
  readonly adopted: ReadonlySet<string>;
  readonly #now = new Map<Spot, Spot>();
  readonly #added = new Map<string, Spot>();

  constructor(proposed: Proposed, draft: readonly SectionContent[], adopted: ReadonlySet<string>) {
    this.proposed = proposed;
    this.draft = draft;
    this.adopted = adopted;
    const proposedIds = new Set(
      proposed.changes.flatMap((change) => (change.kind === 'added' ? [change.block.id] : [])),
    );
    const spots = spotsOf(draft);
    for (const spot of spots) if (proposedIds.has(spot.block.id)) this.#added.set(spot.block.id, spot);
    const others = spots.filter(({ block }) => !proposedIds.has(block.id));
    for (const [later, earlier] of pairSpots(proposed.baseSpots, others)) this.#now.set(earlier, later);
  }

  /** The block of the version that a change is about. */
  subject(change: Change): Spot {
    const label = labelIn(change);
    const found = this.proposed.baseSpots.find((spot) => this.proposed.labels.get(spot) === label);
    if (found === undefined) throw new Error(`no block ${label} in the version`);
    return found;
  }

  /** Where a block of the version stands in the draft. */
  now(spot: Spot): Spot | undefined {
    return this.#now.get(spot);
  }

  addedNow(id: string): Spot | undefined {
    return this.#added.get(id);
  }

  /** A block's letters as the adopted changes left them, and where an offset of the version stands in them. */
  agreed(spot: Spot): { readonly runs: Run[]; readonly shift: (offset: number) => number } {
    const label = this.proposed.labels.get(spot);
    let runs: Run[] = [...spot.block.runs];
    const shifts: { readonly behind: number; readonly by: number }[] = [];
    // From the end, so that offsets before a change still hold.
    for (const change of this.proposed.changes.toReversed()) {
      if (!this.adopted.has(change.id) || labelIn(change) !== label) continue;
      if (change.kind === 'edited') {
        const end = change.at + textOf(change.before).length;
        runs = replaceRuns(runs, change.at, end, change.after);
        shifts.push({ behind: end, by: textOf(change.after).length - (end - change.at) });
      } else if (change.kind === 'strong') {
        runs = embolden(runs, change.at, change.at + change.words.length, change.strong);
      }
    }
    const shift = (offset: number) => shifts.reduce((to, { behind, by }) => (offset >= behind ? to + by : to), offset);
    return { runs, shift };
  }

  /**
   * Where a block of the proposal belongs in the draft: behind the nearest one before it that has its final place there.
   * Blocks that are still to be moved, added or removed settle nothing, so the order of adopting does not matter.
   */
  settledIndex(spot: Spot): number {
    const before = this.proposed.textSpots
      .filter(({ sectionKey, index }) => sectionKey === spot.sectionKey && index < spot.index)
      .toReversed();
    for (const candidate of before) {
      const now = this.#settled(candidate);
      if (now !== undefined) return now.index + 1;
    }
    return 0;
  }

  #settled(spot: Spot): Spot | undefined {
    const origin = this.proposed.origin.get(spot);
    const label = this.proposed.labels.get(origin ?? spot) ?? '';
    if (origin !== undefined && this.proposed.moved.has(spot) && !this.adopted.has(`${label}.m`)) return undefined;
    const now = origin === undefined ? this.#added.get(label) : this.#now.get(origin);
    return now?.sectionKey === spot.sectionKey ? now : undefined;
  }

  /** The block of the proposal that a moved or added one is. */
  inProposal(label: string): Spot {
    const { textSpots, origin, labels } = this.proposed;
    const found = textSpots.find((spot) => labels.get(origin.get(spot) ?? spot) === label);
    if (found === undefined) throw new Error(`no block ${label} in the proposal`);
    return found;
  }
}

function labelIn({ id }: Change): string {
  return id.slice(0, id.indexOf('.'));
}

function planEdit(ground: Ground, change: ChangeOf<'edited'>): Plan {
  const range = { from: change.at, to: change.at + textOf(change.before).length };
  return planWithin(ground, change, range, change.after, ({ from, to, ...at }) => ({
    result: 'step',
    step: { do: 'replace', ...at, from, to, runs: change.after },
  }));
}

function planStrong(ground: Ground, change: ChangeOf<'strong'>): Plan {
  const range = { from: change.at, to: change.at + change.words.length };
  const theirs = [{ text: change.words, strong: change.strong }];
  return planWithin(ground, change, range, theirs, (place, runs) => {
    if (sameRuns(runs, embolden(runs, place.from, place.to, change.strong))) return { result: 'there' };
    return { result: 'step', step: { do: 'strong', ...place, strong: change.strong } };
  });
}

/** A change inside a block: `plan` where its words still stand, both readings where they do not. */
function planWithin(
  ground: Ground,
  change: Change,
  range: Range,
  theirs: readonly Run[],
  plan: (place: Place, runs: readonly Run[]) => Plan,
): Plan {
  const spot = ground.subject(change);
  const now = ground.now(spot);
  if (now === undefined) return { result: 'conflict', mine: '', theirs, place: undefined };
  const agreed = ground.agreed(spot);
  const from = agreed.shift(range.from);
  const to = from + range.to - range.from;
  const text = blockText(now.block);
  const found = locate(textOf(agreed.runs), text, { from, to });
  const place = { sectionKey: now.sectionKey, index: now.index, ...found.range };
  if (found.kept) return plan(place, now.block.runs);
  const reading = joinRuns([
    ...cutRuns(agreed.runs, found.before.from, from),
    ...theirs,
    ...cutRuns(agreed.runs, to, found.before.to),
  ]);
  const mine = cutRuns(now.block.runs, place.from, place.to);
  if (sameRuns(mine, reading)) return { result: 'there' };
  return { result: 'conflict', mine: textOf(mine), theirs: reading, place };
}

function planForm(ground: Ground, change: ChangeOf<'form'>): Plan {
  const now = ground.now(ground.subject(change));
  if (now === undefined)
    return { result: 'conflict', mine: '', theirs: [{ text: change.words, strong: false }], place: undefined };
  const { sectionKey, index, block } = now;
  if (block.kind === change.to) return { result: 'there' };
  return { result: 'step', step: { do: 'form', sectionKey, index, kind: change.to } };
}

function planAddition(ground: Ground, change: ChangeOf<'added'>): Plan {
  if (ground.addedNow(change.block.id) !== undefined) return { result: 'there' };
  const { sectionKey, block } = change;
  if (!ground.draft.some(({ key }) => key === sectionKey)) {
    return { result: 'conflict', mine: '', theirs: block.runs, place: undefined };
  }
  const index = ground.settledIndex(ground.inProposal(labelIn(change)));
  return { result: 'step', step: { do: 'insert', sectionKey, index, block } };
}

function planRemoval(ground: Ground, change: ChangeOf<'removed'>): Plan {
  const now = ground.now(ground.subject(change));
  if (now === undefined) return { result: 'there' };
  const { sectionKey, index, block } = now;
  if (blockText(block) === blockText(change.block))
    return { result: 'step', step: { do: 'remove', sectionKey, index } };
  const mine = blockText(block);
  return { result: 'conflict', mine, theirs: [], place: { sectionKey, index, from: 0, to: mine.length } };
}

function planMove(ground: Ground, change: ChangeOf<'moved'>): Plan {
  const now = ground.now(ground.subject(change));
  const { sectionKey } = change;
  if (now === undefined || !ground.draft.some(({ key }) => key === sectionKey)) {
    return { result: 'conflict', mine: '', theirs: change.block.runs, place: undefined };
  }
  const target = ground.settledIndex(ground.inProposal(labelIn(change)));
  const within = now.sectionKey === sectionKey;
  const to = within && target > now.index ? target - 1 : target;
  if (within && to === now.index) return { result: 'there' };
  const from = { sectionKey: now.sectionKey, index: now.index };
  return { result: 'step', step: { do: 'move', from, to: { sectionKey, index: to } } };
}
