/** Puts new blocks into a section's text. Pure: from a state to a transaction. */
import { Fragment, type Node, type Schema, Slice } from '@tiptap/pm/model';
import { type EditorState, Selection, type Transaction } from '@tiptap/pm/state';
import { marksOf } from '../binding/block-node.ts';
import type { NewBlock } from './to-blocks.ts';

function nodeFor(schema: Schema, block: NewBlock): Node {
  const letters = block.runs.filter((run) => run.text !== '').map((run) => schema.text(run.text, marksOf(schema, run)));
  return schema.node(block.kind, { id: null }, letters);
}

/** In the place of the selection; into an empty block whole, into words so that the first and last blocks join them. */
export function insertBlocks(state: EditorState, blocks: readonly NewBlock[]): Transaction {
  const { tr, schema } = state;
  const nodes = blocks.map((block) => nodeFor(schema, block));
  if (nodes.length === 0) return tr;
  if (!tr.selection.empty) tr.deleteSelection();
  const { $from } = tr.selection;
  if ($from.depth === 1 && $from.parent.content.size > 0) return insertIntoWords(tr, nodes);
  const from = $from.depth === 1 ? $from.before(1) : $from.pos;
  const to = $from.depth === 1 ? $from.after(1) : $from.pos;
  const kept = $from.depth === 1 ? $from.parent.attrs : { id: null };
  const plain = nodes.length === 1 && nodes[0]?.type.name === 'paragraph';
  // One plain paragraph pasted into an empty item stays an item.
  const type = plain && $from.depth === 1 ? $from.parent.type : undefined;
  const first = nodes[0]?.type.create({ ...kept }, nodes[0].content);
  const whole = type === undefined ? first : type.create(kept, first?.content);
  const content = Fragment.from([...(whole === undefined ? [] : [whole]), ...nodes.slice(1)]);
  tr.replaceWith(from, to, content);
  tr.setSelection(Selection.near(tr.doc.resolve(from + content.size - 1), -1));
  return tr.scrollIntoView();
}

/**
 * Among words: one plain paragraph joins them. Of several, the first joins the words before it unless it is an item; the
 * words behind stay a paragraph of their own.
 */
function insertIntoWords(tr: Transaction, nodes: readonly Node[]): Transaction {
  const [first] = nodes;
  if (nodes.length === 1 && first?.type.name === 'paragraph') {
    return tr.replaceSelection(new Slice(Fragment.from(nodes), 1, 1)).scrollIntoView();
  }
  let rest = nodes;
  const atStart = tr.selection.$from.parentOffset === 0;
  if (!atStart && first?.type.name === 'paragraph') {
    tr.replaceSelection(new Slice(Fragment.from(first), 1, 1));
    rest = nodes.slice(1);
  }
  const { $from } = tr.selection;
  const tail = $from.parentOffset < $from.parent.content.size;
  if (!atStart && tail) tr.split($from.pos, 1, [{ type: $from.parent.type, attrs: { id: null } }]);
  const place = atStart
    ? $from.before(1)
    : $from.after(1) - (tail ? $from.parent.content.size - $from.parentOffset : 0);
  tr.insert(place, rest);
  const size = rest.reduce((sum, node) => sum + node.nodeSize, 0);
  tr.setSelection(Selection.near(tr.doc.resolve(place + size - 1), -1));
  return tr.scrollIntoView();
}

/** Behind everything that is there; a section without words is replaced. */
export function appendBlocks(state: EditorState, blocks: readonly NewBlock[]): Transaction {
  const { tr, schema } = state;
  const nodes = blocks.map((block) => nodeFor(schema, block));
  if (nodes.length === 0) return tr;
  const empty = state.doc.textContent.trim() === '';
  return empty ? tr.replaceWith(0, state.doc.content.size, nodes) : tr.insert(state.doc.content.size, nodes);
}
