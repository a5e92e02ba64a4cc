/** Whether the page shows the reviewer's own copy: `?revise` in its address, so that it survives a reload and Back leaves it. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

const parameter = 'revise';

export function isRevising(search: URLSearchParams): boolean {
  return search.has(parameter);
}

export function useRevising() {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (on: boolean) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        after.delete('compare');
        if (on) after.set(parameter, '1');
        else after.delete(parameter);
        return after;
      }),
    [setSearch],
  );
  return {
    revising: isRevising(search),
    begin: useCallback(() => set(true), [set]),
    end: useCallback(() => set(false), [set]),
  };
}
