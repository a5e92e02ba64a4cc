/**
 * Puts punctuation right (R26) with the author's own hands: edits in his editors, one step of his history, so that undo takes
 * them back. Only the letters that change are touched; remarks and emphasis around them stay.
 */
import type { Node } from '@tiptap/pm/model';
import type { EditorView } from '@tiptap/pm/view';
import type { Hit } from '../../shared/checks/check.ts';
import { mendsIn } from '../../shared/checks/punctuation.ts';
import { coverQuotations } from '../../shared/checks/segment.ts';
import { blockIdAttribute } from '../../shared/document/schema.ts';

/** What mending needs of a desk. */
export type Hands = {
  readonly history: { separate(): void };
  /** Lets compositions flow into the text. */
  settle(): void;
  sectionOf(key: string): { readonly view: Pick<EditorView, 'state' | 'dispatch'> } | undefined;
};

/** Whether it is known what to put in the place of the words. */
export function isMendable({ rule, facts }: Pick<Hit, 'rule' | 'facts'>): boolean {
  return rule === 'R26' && facts['form'] === 'mend';
}

/** Puts every place right whose words still stand; how many there were. */
export function mend(desk: Hands, hits: readonly Hit[]): number {
  desk.settle();
  const blocks = new Map<string, Hit[]>();
  for (const hit of hits.filter(isMendable)) {
    const key = `${hit.sectionKey} ${hit.blockId}`;
    blocks.set(key, [...(blocks.get(key) ?? []), hit]);
  }
  desk.history.separate();
  const count = [...blocks.values()].reduce((sum, inBlock) => sum + mendBlock(desk, inBlock), 0);
  desk.history.separate();
  return count;
}

function mendBlock(desk: Hands, hits: readonly Hit[]): number {
  const { sectionKey, blockId } = hits[0] ?? {};
  const view = desk.sectionOf(sectionKey ?? '')?.view;
  const block = view === undefined ? undefined : blockOf(view.state.doc, blockId ?? '');
  if (view === undefined || block === undefined) return 0;
  const { text, start } = block;
  const standing = hits.filter(({ from, to, quote }) => text.slice(from, to) === quote);
  const spoken = coverQuotations(text);
  const { tr } = view.state;
  // From the end: what stands before keeps its place.
  const mends = standing.flatMap(({ from, to }) => mendsIn(spoken, from, to)).sort((a, b) => b.from - a.from);
  for (const { from, to, right } of mends) {
    const marks = view.state.doc.nodeAt(start + from)?.marks;
    if (right === '') tr.delete(start + from, start + to);
    else tr.replaceWith(start + from, start + to, view.state.schema.text(right, marks));
  }
  if (mends.length > 0) view.dispatch(tr);
  return standing.length;
}

/** The block of this id: its words, and the position of its first letter. */
function blockOf(doc: Node, id: string): { readonly text: string; readonly start: number } | undefined {
  let found: { text: string; start: number } | undefined;
  doc.forEach((block, position) => {
    if (block.attrs[blockIdAttribute] === id) found = { text: block.textContent, start: position + 1 };
  });
  return found;
}
