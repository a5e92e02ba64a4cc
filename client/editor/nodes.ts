/**
 * The looks of the shared schema (shared/document/schema.ts): TipTap nodes and marks that know exactly its blocks and
 * formats and nothing else.
 */
import { getSchema, Mark, Node } from '@tiptap/core';
import { remarkMark, strongMark } from '../../shared/document/schema.ts';

// `block*`, never `+`: a count in shared content lets two legal deletions add up to the loss of the section.
const Document = Node.create({ name: 'doc', topNode: true, content: 'block*' });

const Text = Node.create({ name: 'text', group: 'inline' });

const blockAttributes = { id: { default: null, rendered: false } };

const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  group: 'block',
  content: 'text*',
  addAttributes: () => blockAttributes,
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: () => ['p', { class: 'block', 'data-block': 'paragraph' }, 0],
});

const Item = Node.create({
  name: 'item',
  group: 'block',
  content: 'text*',
  addAttributes: () => blockAttributes,
  parseHTML: () => [{ tag: 'p[data-block="item"]' }],
  renderHTML: () => ['p', { class: 'block block-item', 'data-block': 'item' }, 0],
});

const Strong = Mark.create({
  name: strongMark,
  parseHTML: () => [{ tag: 'strong' }],
  renderHTML: () => ['strong', 0],
});

const RemarkAnchor = Mark.create({
  name: remarkMark,
  // Overlapping remarks stand side by side, and words typed at an anchor's end do not belong to it.
  excludes: '',
  inclusive: false,
  addAttributes: () => ({ id: { default: null, rendered: false } }),
  renderHTML: ({ mark }) => ['span', { class: 'remark', 'data-remark-id': String(mark.attrs['id']) }, 0],
});

export const sectionNodes = [Document, Paragraph, Item, Text, Strong, RemarkAnchor];

/** The same schema without an editor. */
export const editorSchema = getSchema(sectionNodes);
