/** Brings an element into view when a count behind it grows: something appeared there that must be seen. */
import { type RefObject, useEffect, useRef } from 'react';

export function useScrollTo(element: RefObject<HTMLElement | null>, count: number): void {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) element.current?.scrollIntoView({ block: 'center' });
    before.current = count;
  }, [element, count]);
}
