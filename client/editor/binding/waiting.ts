/**
 * What others do to a block while an input method composes in it: its letters' changes in offsets of the whole block, whatever
 * became of the texts that hold them. Pure.
 */
import type * as Y from 'yjs';
import type { LetterOp } from './diff-text.ts';
import { lettersOf, textsOf } from './shared-block.ts';

/** A text of a block, and how many letters it held when it was last looked at. */
export type Holder = { readonly text: Y.XmlText; readonly length: number };

type SharedEvent = Y.YEvent<Y.AbstractType<unknown>>;

export function holdersOf(element: Y.XmlElement): Holder[] {
  return textsOf(element).map((text) => ({ text, length: text.length }));
}

/** What `events` did to the block's letters since `before` was looked at; undefined when nothing. */
export function changesIn(
  element: Y.XmlElement,
  before: readonly Holder[],
  events: readonly SharedEvent[],
): LetterOp[] | undefined {
  if (!events.some(({ target }) => target === element || target.parent === element)) return undefined;
  const ops: LetterOp[] = [];
  const texts = textsOf(element);
  const staying = new Set(texts);
  let old = 0;
  const passGone = (): void => {
    for (let one = before[old]; one !== undefined && !staying.has(one.text); one = before[old]) {
      ops.push({ remove: one.length });
      old += 1;
    }
  };
  for (const text of texts) {
    passGone();
    const known = before[old];
    if (known?.text === text) {
      ops.push(...changesOf(known, events));
      old += 1;
    } else ops.push({ insert: lettersOf(text) });
  }
  passGone();
  return ops;
}

/** The changes inside one text that stayed, with the letters behind them. */
function changesOf({ text, length }: Holder, events: readonly SharedEvent[]): LetterOp[] {
  const event = events.find(({ target }) => (target as unknown) === text);
  const ops = event?.delta.map(letterOp) ?? [];
  const passed = ops.reduce((sum, { retain = 0, remove = 0 }) => sum + retain + remove, 0);
  return [...ops, { retain: length - passed }];
}

type SharedOp = { readonly retain?: number; readonly insert?: unknown; readonly delete?: number };

function letterOp(op: SharedOp): LetterOp {
  if (op.delete !== undefined) return { remove: op.delete };
  if (op.insert !== undefined) return { insert: typeof op.insert === 'string' ? op.insert : '' };
  return { retain: op.retain ?? 0 };
}
