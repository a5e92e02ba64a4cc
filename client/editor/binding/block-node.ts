/** The same block twice: as the editor's node and as shared runs. Pure translation, both ways. */
import { Fragment, type Mark, type Node, type NodeType, type Schema } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { blockIdAttribute, isBlockKind, remarkMark, strongMark } from '../../../shared/document/schema.ts';
import { type Look, lookOf, type StyledRun, sharedRuns } from './shared-block.ts';

/** The editor's node for a shared block; undefined for an element this schema does not know, which stays untouched. */
export function nodeOf(schema: Schema, block: Y.XmlElement): Node | undefined {
  const type: NodeType | undefined = isBlockKind(block.nodeName) ? schema.nodes[block.nodeName] : undefined;
  if (type === undefined) return undefined;
  const id: unknown = block.getAttribute(blockIdAttribute);
  const letters = sharedRuns(block).map((run) => schema.text(run.text, marksOf(schema, lookOf(run.formats))));
  // `fromArray` joins neighbours that look the same, as the editor's own edits do.
  return type.create({ id: typeof id === 'string' ? id : null }, Fragment.fromArray(joined(letters)));
}

function joined(nodes: readonly Node[]): Node[] {
  const result: Node[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (last?.isText && last.sameMarkup(node)) {
      result[result.length - 1] = node.type.schema.text(`${last.text ?? ''}${node.text ?? ''}`, node.marks);
    } else result.push(node);
  }
  return result;
}

/** Remarks in one order wherever their letters come from: an editor takes the same marks in another order for other marks. */
export function marksOf(schema: Schema, look: Look): readonly Mark[] {
  let marks: readonly Mark[] = [];
  if (look.strong) marks = schema.mark(strongMark).addToSet(marks);
  for (const id of [...look.remarks].sort()) marks = schema.mark(remarkMark, { id }).addToSet(marks);
  return marks;
}

/** The letters of a node with their looks. */
export function runsOf(node: Node): StyledRun[] {
  const runs: StyledRun[] = [];
  node.forEach((child) => {
    if (child.isText && child.text !== undefined) runs.push({ text: child.text, ...lookOfMarks(child.marks) });
  });
  return runs;
}

function lookOfMarks(marks: readonly Mark[]): Look {
  const remarks: string[] = [];
  let strong = false;
  for (const mark of marks) {
    const id: unknown = mark.attrs['id'];
    if (mark.type.name === strongMark) strong = true;
    else if (mark.type.name === remarkMark && typeof id === 'string') remarks.push(id);
  }
  return { strong, remarks };
}

/** The stable id of a block node, or undefined when it has none yet. */
export function idOf(node: Node): string | undefined {
  const id: unknown = node.attrs[blockIdAttribute];
  return typeof id === 'string' ? id : undefined;
}

/** The part of `runs` between two offsets. */
export function sliceRuns(runs: readonly StyledRun[], from: number, to: number): StyledRun[] {
  const result: StyledRun[] = [];
  let start = 0;
  for (const run of runs) {
    const first = Math.max(from - start, 0);
    const last = Math.min(to - start, run.text.length);
    if (first < last) result.push({ ...run, text: run.text.slice(first, last) });
    start += run.text.length;
  }
  return result;
}
