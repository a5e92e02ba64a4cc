/**
 * Adopts with the author's own hands: a step becomes edits in his editors, one step of his history, written under his client
 * id as if he had typed it. What he put in is noted by its clocks, so that the server can tell adopted words from typed ones.
 */
import type { Node, Schema } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { Inserted } from '../../shared/api/proposals.ts';
import type { Block, Run } from '../../shared/document/content.ts';
import { remarkMark, strongMark } from '../../shared/document/schema.ts';
import type { Step } from '../../shared/proposals/steps.ts';
import { idOf, marksOf } from '../editor/binding/block-node.ts';
import { startOf } from './drawing.ts';

/** What adopting needs of a desk. */
export type Hands = {
  readonly doc: Y.Doc;
  readonly history: { separate(): void };
  sectionOf(key: string): { readonly view: Pick<EditorView, 'state' | 'dispatch'> } | undefined;
};

/** Carries a step out; the ranges of letters it put in. The desk must be settled and the step planned on its text. */
export function carryOut(desk: Hands, step: Step): Inserted[] {
  const { doc } = desk;
  const from = Y.getState(doc.store, doc.clientID);
  desk.history.separate();
  const target = act(desk, step);
  desk.history.separate();
  const to = Y.getState(doc.store, doc.clientID);
  // Formats and forms have clocks too, but no letters.
  const puts = step.do === 'insert' || step.do === 'move' || (step.do === 'replace' && step.runs.length > 0);
  return to > from && puts && target !== undefined ? [{ ...target, clientId: doc.clientID, from, to }] : [];
}

type Target = { readonly sectionKey: string; readonly blockId: string };

function act(desk: Hands, step: Step): Target | undefined {
  if (step.do === 'move') return move(desk, step);
  const section = desk.sectionOf(step.sectionKey);
  if (section === undefined) throw new Error(`no section ${step.sectionKey} on the page`);
  const { state } = section.view;
  section.view.dispatch(stepIn(state, step));
  const block = step.do === 'remove' ? null : section.view.state.doc.maybeChild(step.index);
  return block === null ? undefined : { sectionKey: step.sectionKey, blockId: idOf(block) ?? '' };
}

function stepIn({ doc, schema, tr }: EditorState, step: Exclude<Step, { do: 'move' }>): Transaction {
  const place = startOf(doc, step.index) ?? doc.content.size;
  if (step.do === 'insert') return tr.insert(place, nodeFrom(schema, step.block));
  const block = doc.child(step.index);
  switch (step.do) {
    case 'remove':
      return tr.delete(place, place + block.nodeSize);
    case 'form':
      return tr.setNodeMarkup(place, schema.nodes[step.kind], block.attrs);
    case 'strong': {
      const mark = schema.mark(strongMark);
      const [from, to] = [place + 1 + step.from, place + 1 + step.to];
      return step.strong ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark);
    }
    case 'replace': {
      const anchors = anchorsOver(block, step.from, step.to);
      const letters = lettersFrom(schema, step.runs, anchors);
      const [from, to] = [place + 1 + step.from, place + 1 + step.to];
      return letters.length === 0 ? tr.delete(from, to) : tr.replaceWith(from, to, letters);
    }
  }
}

function move(desk: Hands, { from, to }: Extract<Step, { do: 'move' }>): Target | undefined {
  const source = desk.sectionOf(from.sectionKey);
  const goal = desk.sectionOf(to.sectionKey);
  const block = source?.view.state.doc.maybeChild(from.index);
  if (source === undefined || goal === undefined || block == null) throw new Error('nothing to move on the page');
  const blockId = idOf(block) ?? '';
  const place = startOf(source.view.state.doc, from.index) ?? 0;
  const removal = source.view.state.tr.delete(place, place + block.nodeSize);
  if (source === goal) {
    // Both at once: a section that is empty in between would get an empty paragraph.
    source.view.dispatch(removal.insert(startOf(removal.doc, to.index) ?? removal.doc.content.size, block));
  } else {
    source.view.dispatch(removal);
    const { doc, tr } = goal.view.state;
    goal.view.dispatch(tr.insert(startOf(doc, to.index) ?? doc.content.size, block));
  }
  return { sectionKey: to.sectionKey, blockId };
}

/** The remarks whose anchors lie on all of these letters: they stay on what takes their place. */
function anchorsOver(block: Node, from: number, to: number): string[] {
  let common: Set<string> | undefined;
  if (from < to) {
    block.nodesBetween(from, to, (node) => {
      const ids = node.marks.filter(({ type }) => type.name === remarkMark).map(({ attrs }) => String(attrs['id']));
      common = new Set(common === undefined ? ids : ids.filter((id) => common?.has(id)));
    });
  }
  return [...(common ?? [])];
}

function lettersFrom(schema: Schema, runs: readonly Run[], remarks: readonly string[]): Node[] {
  return runs
    .filter(({ text }) => text !== '')
    .map(({ text, strong }) => schema.text(text, marksOf(schema, { strong, remarks })));
}

function nodeFrom(schema: Schema, { id, kind, runs }: Block): Node {
  return schema.node(kind, { id }, lettersFrom(schema, runs, []));
}
