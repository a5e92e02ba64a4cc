/**
 * Stable block ids: every block made here gets a random id of its own; of two blocks with one id the first keeps it, so a
 * split leaves the id with the part that has the start. Looks only at changes made here: a remote block keeps what it has.
 */
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { blockIdPattern } from '../../../shared/document/schema.ts';
import { fromShared } from '../binding/binding.ts';
import { idOf } from '../binding/block-node.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Sixteen of sixty-four letters: 96 bits of chance. Works on plain http, unlike `crypto.randomUUID`. */
export function randomBlockId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let id = '';
  for (const byte of bytes) id += letters[byte & 63] ?? '';
  return id;
}

export function blockIds(createId: () => string = randomBlockId): Plugin {
  return new Plugin({
    appendTransaction: (transactions, _before, state) => {
      const local = transactions.some((tr) => tr.docChanged && tr.getMeta(fromShared) !== true);
      return local ? completeBlocks(state, createId) : null;
    },
  });
}

/** Gives ids where they are missing, and a paragraph to a section that lost its last block; null when all is well. */
export function completeBlocks(state: EditorState, createId: () => string): Transaction | null {
  const { tr } = state;
  if (state.doc.childCount === 0) {
    const paragraph = state.schema.nodes['paragraph']?.create({ id: createId() });
    return paragraph === undefined ? null : tr.insert(0, paragraph);
  }
  const seen = new Set<string>();
  state.doc.forEach((block: Node, position: number) => {
    const id = idOf(block);
    if (id !== undefined && blockIdPattern.test(id) && !seen.has(id)) {
      seen.add(id);
      return;
    }
    tr.setNodeMarkup(position, undefined, { ...block.attrs, id: createId() });
  });
  return tr.docChanged ? tr : null;
}
