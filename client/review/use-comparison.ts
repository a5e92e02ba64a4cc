/**
 * Which two versions stand in the place of the text: `?compare=1-3` in the page's address, so that it survives a reload
 * and the browser's Back returns to the text.
 */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export type ComparedPair = { readonly from: number; readonly to: number };

export function parsePair(text: string | null): ComparedPair | null {
  const found = /^(\d{1,6})-(\d{1,6})$/.exec(text ?? '');
  return found === null ? null : { from: Number(found[1]), to: Number(found[2]) };
}

export function useComparison() {
  const [params, setParams] = useSearchParams();
  const pair = parsePair(params.get('compare'));
  const columns = params.get('view') === 'columns';
  const set = useCallback(
    (next: ComparedPair | null, replace = false) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (next === null) {
            after.delete('compare');
            after.delete('view');
          } else after.set('compare', `${next.from}-${next.to}`);
          return after;
        },
        { replace },
      );
    },
    [setParams],
  );
  /** Side by side, or in one text; kept in the address like the pair. */
  const setColumns = useCallback(
    (wanted: boolean) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (wanted) after.set('view', 'columns');
          else after.delete('view');
          return after;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return { pair, columns, setColumns, compare: set, close: useCallback(() => set(null), [set]) };
}
