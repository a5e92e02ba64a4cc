/** What changed between two states of one block's letters, as one replacement. Pure. */
export type TextChange = { readonly at: number; readonly remove: number; readonly insert: string };

/**
 * The smallest replacement that turns `before` into `after`, or undefined when they are equal. Where the same letters could
 * have been typed at several places (的|的), `caret`, the caret's offset in `after`, decides: what was typed ends there.
 * Never cuts a surrogate pair.
 */
export function diffText(before: string, after: string, caret?: number): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  const prefix = commonPrefix(before, after);
  const suffix = commonSuffix(before, after);
  let head = prefix;
  let tail = Math.min(suffix, shorter - head);
  if (caret !== undefined && head + tail === shorter) {
    const wished = after.length - caret;
    if (wished >= tail && wished <= Math.min(suffix, shorter)) {
      tail = wished;
      head = shorter - wished;
    }
  }
  if (isHigh(before, head - 1) || isHigh(after, head - 1)) head -= 1;
  if (isLow(before, before.length - tail) || isLow(after, after.length - tail)) tail -= 1;
  head = Math.max(0, head);
  tail = Math.max(0, Math.min(tail, shorter - head));
  return { at: head, remove: before.length - head - tail, insert: after.slice(head, after.length - tail) };
}

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let index = 0;
  while (index < limit && a.charCodeAt(index) === b.charCodeAt(index)) index += 1;
  return index;
}

function commonSuffix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}

function isHigh(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** A change of the shared letters while an editor held its own back, as Yjs reports it. */
export type LetterOp = { readonly retain?: number; readonly insert?: string; readonly remove?: number };

/** Where `offset` lies after `ops`; at the very place of an insertion, `side` says before (-1) or behind (1) it. */
export function mapOffset(offset: number, ops: readonly LetterOp[], side: -1 | 1): number {
  let old = 0;
  let now = 0;
  for (const op of ops) {
    if (op.insert !== undefined) {
      if (old > offset || (old === offset && side < 0)) return now + (offset - old);
      now += op.insert.length;
    } else if (op.remove !== undefined) {
      if (old + op.remove > offset) return now;
      old += op.remove;
    } else if (op.retain !== undefined) {
      if (old + op.retain > offset) return now + (offset - old);
      old += op.retain;
      now += op.retain;
    }
  }
  return now + (offset - old);
}

export type Range = { readonly from: number; readonly to: number };

/** Where the letters of a range stand after `ops`: those that are still there, without what was put between them. */
export function mapRange({ from, to }: Range, ops: readonly LetterOp[]): Range[] {
  const ranges: Range[] = [];
  let old = 0;
  let now = 0;
  const keep = (length: number): void => {
    const first = Math.max(from, old);
    const last = Math.min(to, old + length);
    if (first < last) ranges.push({ from: now + first - old, to: now + last - old });
    old += length;
    now += length;
  };
  for (const op of ops) {
    if (op.insert !== undefined) now += op.insert.length;
    else if (op.remove !== undefined) old += op.remove;
    else keep(op.retain ?? 0);
  }
  keep(Math.max(0, to - old));
  return ranges;
}
