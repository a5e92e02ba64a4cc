/**
 * What changed inside one block, in whole Chinese words: `同级监督不到位` against `同级监督没有到位` shows a word, not letters.
 * Joining what is kept and removed gives the old text, what is kept and added the new one, always.
 */
import type { Segment } from '../api/documents.ts';
import { keptRuns } from './sequence.ts';

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** More than this share of both texts changed: the block is shown as rewritten (整段重写). */
export const rewrittenShare = 0.6;
/** Beyond so many changed words a block is rewritten whatever its length: the comparison stays quick. */
const mostEdits = 1500;
/** Runs longer than this are never islands. */
const longestIsland = 4;

/** The segments from the one text to the other. Equal texts give one kept segment, empty ones none. */
export function diffTexts(from: string, to: string): Segment[] {
  if (from === to) return segments([{ kind: 'same', text: from }]);
  const a = split(from);
  const b = split(to);
  const numbers = new Map<string, number>();
  const limit = Math.min(mostEdits, a.length + b.length);
  const runs = keptRuns(intern(a, numbers), intern(b, numbers), limit);
  if (runs === undefined) return rewritten(from, to);
  const found: Segment[] = [];
  let i = 0;
  let j = 0;
  for (const run of [...runs, { from: a.length, to: b.length, length: 0 }]) {
    found.push({ kind: 'removed', text: a.slice(i, run.from).join('') });
    found.push({ kind: 'added', text: b.slice(j, run.to).join('') });
    found.push({ kind: 'same', text: a.slice(run.from, run.from + run.length).join('') });
    i = run.from + run.length;
    j = run.to + run.length;
  }
  const joined = segments(withoutIslands(segments(found)));
  return isRewritten(joined, from, to) ? rewritten(from, to) : joined;
}

function split(text: string): string[] {
  return Array.from(words.segment(text), (word) => word.segment);
}

function intern(tokens: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(tokens, (token) => {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    numbers.set(token, numbers.size);
    return numbers.size - 1;
  });
}

function rewritten(from: string, to: string): Segment[] {
  return segments([
    { kind: 'removed', text: from },
    { kind: 'added', text: to },
  ]);
}

/**
 * A short run kept between two larger changes helps nobody read: a single character always, a few characters when neither
 * change beside them is shorter. It joins both sides of the change, so that a phrase is read whole.
 */
function withoutIslands(list: readonly Segment[]): Segment[] {
  const found: Segment[] = [];
  list.forEach((segment, index) => {
    const length = [...segment.text].length;
    const island =
      segment.kind === 'same' &&
      index > 0 &&
      index < list.length - 1 &&
      length <= longestIsland &&
      (length === 1 || (length <= changeBefore(found, found.length) && length <= changeBehind(list, index)));
    if (island) {
      found.push({ kind: 'removed', text: segment.text }, { kind: 'added', text: segment.text });
    } else found.push(segment);
  });
  return found;
}

/** How long the change is that ends before `index`: the longer of what went and what came. */
function changeBefore(list: readonly Segment[], index: number): number {
  const lengths = { removed: 0, added: 0 };
  for (let at = index - 1; at >= 0; at -= 1) {
    const segment = list[at];
    if (segment === undefined || segment.kind === 'same') break;
    lengths[segment.kind] += segment.text.length;
  }
  return Math.max(lengths.removed, lengths.added);
}

/** How long the change is that begins behind `index`. */
function changeBehind(list: readonly Segment[], index: number): number {
  const end = list.findIndex(({ kind }, at) => at > index && kind === 'same');
  return changeBefore(list, end === -1 ? list.length : end);
}

/** Joins neighbours of one kind, with what was removed before what was added, and drops empty ones. */
function segments(list: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed });
    if (added !== '') joined.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const { kind, text } of list) {
    if (text === '') continue;
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      const last = joined.at(-1);
      if (last?.kind === 'same') joined[joined.length - 1] = { kind, text: last.text + text };
      else joined.push({ kind, text });
    }
  }
  flush();
  return joined;
}

/** Much gone and much new. Text only put in or only taken out is never a rewriting, however much it is. */
function isRewritten(list: readonly Segment[], from: string, to: string): boolean {
  const kept = list.reduce((sum, { kind, text }) => (kind === 'same' ? sum + text.length : sum), 0);
  return 1 - kept / from.length > rewrittenShare && 1 - kept / to.length > rewrittenShare;
}
