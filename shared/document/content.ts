/**
 * The text of a document as plain data: what a frozen version stores, what comparisons, exports and hashes read.
 * Remark anchors are not part of it: writing a remark beside a text does not change the text.
 */
import * as Y from 'yjs';
import { z } from 'zod';
import { blockIdAttribute, blockKinds, isBlockKind, rootOf, strongMark } from './schema.ts';

export const runSchema = z.object({ text: z.string().min(1), strong: z.boolean() });
export type Run = z.infer<typeof runSchema>;

export const blockSchema = z.object({ id: z.string(), kind: z.enum(blockKinds), runs: z.array(runSchema) });
export type Block = z.infer<typeof blockSchema>;

export const sectionContentSchema = z.object({ key: z.string(), blocks: z.array(blockSchema) });
export type SectionContent = z.infer<typeof sectionContentSchema>;

/** The text of one block. */
export function blockText(block: Block): string {
  return block.runs.map((run) => run.text).join('');
}

/** Characters as offices count them: code points without white space. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const character of text) {
    // Han stand above all white space but one: most letters need no expression.
    if ((character > '\u3000' && character !== '\ufeff') || !/\s/u.test(character)) count += 1;
  }
  return count;
}

/** Characters of a section's body, without its heading and without rendered numbers. */
export function countSection(section: SectionContent): number {
  return section.blocks.reduce((sum, block) => sum + countCharacters(blockText(block)), 0);
}

/** The body of one section as it stands in the shared text. A section nobody has touched is empty. */
export function readSection(doc: Y.Doc, key: string): SectionContent {
  const blocks: Block[] = [];
  for (const child of doc.getXmlFragment(rootOf(key)).toArray()) {
    if (child instanceof Y.XmlElement && isBlockKind(child.nodeName)) {
      blocks.push({ id: child.getAttribute(blockIdAttribute) ?? '', kind: child.nodeName, runs: readRuns(child) });
    }
  }
  return { key, blocks };
}

/** The bodies of these sections, in this order. */
export function readContent(doc: Y.Doc, keys: readonly string[]): SectionContent[] {
  return keys.map((key) => readSection(doc, key));
}

function readRuns(element: Y.XmlElement): Run[] {
  const runs: Run[] = [];
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlText) for (const op of child.toDelta()) pushRun(runs, op);
  }
  return runs;
}

type TextOp = { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> };

function pushRun(runs: Run[], op: TextOp): void {
  if (typeof op.insert !== 'string' || op.insert === '') return;
  const strong = op.attributes?.[strongMark] !== undefined && op.attributes[strongMark] !== null;
  const last = runs.at(-1);
  if (last !== undefined && last.strong === strong) runs[runs.length - 1] = { text: last.text + op.insert, strong };
  else runs.push({ text: op.insert, strong });
}
