/**
 * What a reviewer's text changes in the version it started from, as a list a reader can go through: blocks first (moved,
 * added, removed), then, inside a block that stayed, its words in whole Chinese words, its bold phrases and its form. All
 * changes together are the whole difference: nothing of it is left out, not even an empty line. Pure.
 */
import type { Change } from '../api/proposals.ts';
import { diffTexts } from '../compare/segments.ts';
import { blockText, type Run, type SectionContent } from '../document/content.ts';
import { cutRuns, looksOf, textOf } from './letters.ts';
import { movedSpots, pairSpots, type Spot, spotsOf } from './pairs.ts';

/** A proposal taken apart: both texts, which block is which, and the changes in the order of the text. */
export type Proposed = {
  readonly base: readonly SectionContent[];
  readonly text: readonly SectionContent[];
  readonly baseSpots: readonly Spot[];
  readonly textSpots: readonly Spot[];
  /** For each block of the proposal the one of the version it comes from; blocks without one are added. */
  readonly origin: ReadonlyMap<Spot, Spot>;
  readonly moved: ReadonlySet<Spot>;
  /** The name of each block in ids of changes: its id, numbered where two blocks have one. */
  readonly labels: ReadonlyMap<Spot, string>;
  readonly changes: readonly Change[];
};

/** Compares a proposal's text with the version it started from. */
export function compareProposal(base: readonly SectionContent[], text: readonly SectionContent[]): Proposed {
  const baseSpots = spotsOf(base);
  const textSpots = spotsOf(text);
  const origin = pairSpots(baseSpots, textSpots);
  const moved = movedSpots(textSpots, origin);
  const labels = labelsOf(baseSpots, textSpots, origin);
  const kept = new Set(origin.values());
  const changes: Change[] = [];
  for (const key of sectionKeys(base, text)) {
    const gone = baseSpots.filter((spot) => spot.sectionKey === key && !kept.has(spot));
    let removed = 0;
    const removeUpTo = (index: number) => {
      for (let next = gone[removed]; next !== undefined && next.index < index; next = gone[removed]) {
        changes.push({ kind: 'removed', id: `${labelOf(labels, next)}.r`, sectionKey: key, block: next.block });
        removed += 1;
      }
    };
    for (const spot of textSpots) {
      if (spot.sectionKey !== key) continue;
      const was = origin.get(spot);
      if (was !== undefined && was.sectionKey === key && !moved.has(spot)) removeUpTo(was.index);
      changes.push(...changesOf(spot, was, moved.has(spot), labelOf(labels, was ?? spot)));
    }
    removeUpTo(Number.POSITIVE_INFINITY);
  }
  return { base, text, baseSpots, textSpots, origin, moved, labels, changes };
}

function changesOf(spot: Spot, was: Spot | undefined, moved: boolean, label: string): Change[] {
  const { sectionKey, block } = spot;
  if (was === undefined) return [{ kind: 'added', id: `${label}.a`, sectionKey, block: { ...block, id: label } }];
  const found: Change[] = [];
  if (moved) {
    found.push({ kind: 'moved', id: `${label}.m`, sectionKey, fromSection: was.sectionKey, block: was.block });
  }
  const place = { sectionKey, blockId: was.block.id };
  if (was.block.kind !== block.kind) {
    const words = blockText(was.block);
    found.push({ kind: 'form', id: `${label}.k`, ...place, words, from: was.block.kind, to: block.kind });
  }
  for (const edit of editsOf(was.block.runs, block.runs)) {
    if (edit.kind === 'edited') found.push({ ...edit, id: `${label}.e.${edit.at}`, ...place });
    else found.push({ ...edit, id: `${label}.s.${edit.at}`, ...place });
  }
  return found;
}

/** A change inside one block, with offsets in the earlier letters and, as `now`, in the later ones. */
export type Edit = { readonly at: number; readonly now: number } & (
  | { readonly kind: 'edited'; readonly before: Run[]; readonly after: Run[]; readonly rewritten: boolean }
  | { readonly kind: 'strong'; readonly words: string; readonly strong: boolean }
);

/** What turns the letters of a block into others, in order. Between two changes of words something always stays. */
export function editsOf(before: readonly Run[], after: readonly Run[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let now = 0;
  let open: { at: number; now: number; removed: number; added: number } | undefined;
  const segments = diffTexts(textOf(before), textOf(after));
  const rewritten = segments.every(({ kind }) => kind !== 'same') && segments.length === 2;
  const close = () => {
    if (open === undefined) return;
    edits.push({
      kind: 'edited',
      at: open.at,
      now: open.now,
      before: cutRuns(before, open.at, open.at + open.removed),
      after: cutRuns(after, open.now, open.now + open.added),
      rewritten,
    });
    open = undefined;
  };
  for (const { kind, text } of segments) {
    if (kind === 'same') {
      close();
      edits.push(...looksBetween(before, after, at, now, text));
    } else {
      open ??= { at, now, removed: 0, added: 0 };
      if (kind === 'removed') open.removed += text.length;
      else open.added += text.length;
    }
    if (kind !== 'added') at += text.length;
    if (kind !== 'removed') now += text.length;
  }
  close();
  return edits;
}

/** Bold put on or taken off among words that stayed: one change for each stretch. */
function looksBetween(before: readonly Run[], after: readonly Run[], at: number, now: number, words: string): Edit[] {
  const end = words.length;
  const old = looksOf(cutRuns(before, at, at + end));
  const edges = new Set<number>();
  const fresh = looksOf(cutRuns(after, now, now + end));
  for (const { from, to } of [...old, ...fresh]) edges.add(from).add(to);
  const sorted = [...edges].sort((a, b) => a - b);
  const lookAt = (list: typeof old, offset: number) => list.find(({ from, to }) => from <= offset && offset < to);
  const edits: Edit[] = [];
  sorted.forEach((from, index) => {
    const to = sorted[index + 1];
    const strong = lookAt(fresh, from)?.strong;
    if (to === undefined || strong === undefined || strong === lookAt(old, from)?.strong) return;
    edits.push({ kind: 'strong', at: at + from, now: now + from, words: words.slice(from, to), strong });
  });
  return edits;
}

/** The proposal's sections, and those only the version has, each behind its earlier neighbour. */
function sectionKeys(base: readonly SectionContent[], text: readonly SectionContent[]): string[] {
  const keys = text.map(({ key }) => key);
  base.forEach(({ key }, index) => {
    if (keys.includes(key)) return;
    const neighbour = base[index - 1]?.key;
    keys.splice(neighbour === undefined ? 0 : keys.indexOf(neighbour) + 1, 0, key);
  });
  return keys;
}

/** Blocks of the version keep their ids; an added block whose id is taken gets another, which is also its id when adopted. */
function labelsOf(base: readonly Spot[], text: readonly Spot[], origin: ReadonlyMap<Spot, Spot>): Map<Spot, string> {
  const labels = new Map<Spot, string>();
  const taken = new Set<string>();
  for (const spot of [...base, ...text.filter((later) => !origin.has(later))]) {
    const { id } = spot.block;
    let label = id === '' ? 'unnamed' : id;
    for (let nth = 2; taken.has(label); nth += 1) label = `${id.slice(0, 36)}-${nth}`;
    taken.add(label);
    labels.set(spot, label);
  }
  return labels;
}

function labelOf(labels: ReadonlyMap<Spot, string>, spot: Spot): string {
  const label = labels.get(spot);
  if (label === undefined) throw new Error('a block of neither text');
  return label;
}
