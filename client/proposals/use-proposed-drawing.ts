/** The one drawing of proposed changes of a page; it exists before the desk does. */
import { useState } from 'react';
import type { Drawing } from '../editor/section.ts';
import { ProposedDrawing } from './proposed-drawing.ts';

export function useProposedDrawing(): { readonly drawing: ProposedDrawing; readonly drawings: readonly Drawing[] } {
  const [made] = useState(() => {
    const drawing = new ProposedDrawing();
    return { drawing, drawings: [drawing.drawing] };
  });
  return made;
}
