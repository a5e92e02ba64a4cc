/**
 * Which text's writing is replayed in the place of the text: `?replay=now` or `?replay=2` in the page's address, so that it
 * survives a reload and the browser's Back returns to the text.
 */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export type Replayed = { readonly version: number | undefined };

export function parseReplayed(text: string | null): Replayed | null {
  if (text === 'now') return { version: undefined };
  return /^\d{1,6}$/.test(text ?? '') ? { version: Number(text) } : null;
}

export function useReplayAddress() {
  const [params, setParams] = useSearchParams();
  const replayed = params.has('compare') ? null : parseReplayed(params.get('replay'));
  const set = useCallback(
    (next: Replayed | null) => {
      setParams((before) => {
        const after = new URLSearchParams(before);
        after.delete('compare');
        if (next === null) after.delete('replay');
        else after.set('replay', next.version === undefined ? 'now' : String(next.version));
        return after;
      });
    },
    [setParams],
  );
  return { replayed, open: set, close: useCallback(() => set(null), [set]) };
}
