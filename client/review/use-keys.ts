/**
 * Single keys for people who read many texts in one evening. They rest while somebody types, composes, or has a dialog open.
 */
import { useEffect, useRef } from 'react';

/** From a key (`n`, `?`, `Escape`) or `Alt+M` to what it does; a handler that returns false leaves the key to others. */
export type KeyMap = Readonly<Record<string, () => unknown>>;

export function useKeys(keys: KeyMap, enabled = true): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = nameOf(event);
      if (name === undefined || (!name.startsWith('Alt+') && isBusy(event.target))) return;
      const act = current.current[name];
      if (act !== undefined && act() !== false) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

/** `Alt+M` with or without Ctrl; other keys only without modifiers (Shift may be needed for ?). */
export function nameOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): string | undefined {
  if (event.altKey) return event.code.startsWith('Key') ? `Alt+${event.code.slice(3)}` : undefined;
  if (event.ctrlKey || event.metaKey) return undefined;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** Whether keys belong to what has the focus: a field, the text itself, a dialog. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !== null)
    return true;
  return target.matches('input:not([type="checkbox"]):not([type="radio"]), textarea, select');
}
