/** What is copied from a section as plain text: one block a line, with the numbers that are rendered. Pure. */
import type { EditorState } from '@tiptap/pm/state';
import { itemNumber } from '../../shared/template/sections.ts';
import type { ItemNumbering } from '../../shared/template/template.ts';

export function selectedText(state: EditorState, numbering: ItemNumbering): string {
  const { from, to, $from, $to } = state.selection;
  if ($from.depth === 1 && $from.sameParent($to)) return state.doc.textBetween(from, to);
  const lines: string[] = [];
  let number = 0;
  state.doc.forEach((block, position) => {
    if (block.type.name === 'item') number += 1;
    const start = position + 1;
    const end = start + block.content.size;
    if (end < from || start > to) return;
    const text = block.textBetween(Math.max(0, from - start), Math.min(block.content.size, to - start));
    const whole = from <= start;
    lines.push(block.type.name === 'item' && whole ? itemNumber(numbering, number) + text : text);
  });
  return lines.join('\n');
}
