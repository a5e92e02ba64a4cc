/** Large-type reading (大字阅读): the paper alone on the desk, in larger letters. Remembered on this machine. */
import { useEffect, useSyncExternalStore } from 'react';

const remembered = 'duizhao.readingMode';
const changes = new EventTarget();

function isOn(): boolean {
  return localStorage.getItem(remembered) === 'large';
}

function subscribe(listener: () => void): () => void {
  changes.addEventListener('change', listener);
  return () => changes.removeEventListener('change', listener);
}

export function useReadingMode() {
  const on = useSyncExternalStore(subscribe, isOn);
  return {
    on,
    toggle: (): boolean => {
      localStorage.setItem(remembered, on ? 'normal' : 'large');
      changes.dispatchEvent(new Event('change'));
      return true;
    },
  };
}

/** To be used once on a document's page: the mode holds there and nowhere else, and only for who reads. */
export function useShowReadingMode(reads: boolean): void {
  const { on } = useReadingMode();
  useEffect(() => {
    if (!on || !reads) return;
    document.documentElement.setAttribute('data-reading', 'large');
    return () => document.documentElement.removeAttribute('data-reading');
  }, [on, reads]);
}
