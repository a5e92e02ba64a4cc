/**
 * The caret is where the last key put it. A browser moves its caret at once for End, arrows and the like, but tells of it in
 * a task of its own, and a key that is already waiting comes first: End and Enter pressed quickly on a busy machine split the
 * block where the caret had been. So before a key is acted on, the editor is told to look where the caret stands.
 */
import { Plugin } from '@tiptap/pm/state';

export function promptCaret(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (view) => {
          if (view.editable && !view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'));
          return false;
        },
      },
    },
  });
}
