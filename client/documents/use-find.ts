/** Ctrl+F opens our own find bar: the browser's knows nothing of the sections that are not in sight. */
import { useCallback, useEffect, useMemo, useState } from 'react';

export type Find = { readonly asked: number; readonly ask: () => void; readonly close: () => void };

export function useFind(wanted: boolean): Find {
  const [asked, setAsked] = useState(0);
  const ask = useCallback(() => setAsked((before) => before + 1), []);
  const close = useCallback(() => setAsked(0), []);
  useEffect(() => {
    if (!wanted) return;
    const listen = (event: KeyboardEvent) => {
      const plain = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!plain || event.key.toLowerCase() !== 'f' || document.querySelector('.ant-modal-wrap') !== null) return;
      event.preventDefault();
      ask();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [wanted, ask]);
  return useMemo(() => ({ asked, ask, close }), [asked, ask, close]);
}
