/** The rows of the phrase list while it is being changed. Pure. */
import type { Phrase } from '../../shared/api/phrases.ts';

/** How many phrases have a key. */
export const keyedPhrases = 9;

/** A phrase with an identity of its own, so that its fields keep the focus while rows move. */
export type Row = { readonly id: number; readonly phrase: Phrase };

export function rowsOf(phrases: readonly Phrase[]): Row[] {
  return phrases.map((phrase, index) => ({ id: index + 1, phrase }));
}

/** The row at `index` one place up or down; at the ends nothing moves. */
export function moved(rows: readonly Row[], index: number, step: 1 | -1): Row[] {
  const list = [...rows];
  const [row] = list.splice(index, 1);
  if (row !== undefined) list.splice(Math.max(0, index + step), 0, row);
  return list;
}
