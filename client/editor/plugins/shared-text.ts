/** Ties a binding to its editor view and tells it when an input method begins and ends. */
import { Plugin } from '@tiptap/pm/state';
import type { Binding } from '../binding/binding.ts';

/** The view reads the last letters of a composition shortly after the browser says that it ended. */
const settleAfterMs = 60;

export function sharedText(binding: Binding, onSettled: () => void): Plugin {
  let settling: ReturnType<typeof setTimeout> | undefined;
  const begin = (): boolean => {
    clearTimeout(settling);
    binding.startComposition();
    return false;
  };
  const end = (): boolean => {
    clearTimeout(settling);
    if (!binding.isComposing) return false;
    settling = setTimeout(() => {
      binding.endComposition();
      onSettled();
    }, settleAfterMs);
    return false;
  };
  return new Plugin({
    props: {
      handleDOMEvents: { compositionstart: begin, compositionupdate: begin, compositionend: end, blur: end },
    },
    view: (view) => {
      binding.attach(view);
      return {
        update: () => binding.viewChanged(),
        destroy: () => {
          clearTimeout(settling);
          binding.detach();
        },
      };
    },
  });
}
