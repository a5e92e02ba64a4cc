/** What a reader chose on this machine beside the language: large type. Remembered locally, known to no server. */
import { useSyncExternalStore } from 'react';

const remembered = 'duizhao.largeType';
const listeners = new Set<() => void>();

function isLarge(): boolean {
  return localStorage.getItem(remembered) === 'yes';
}

function show(): void {
  document.documentElement.setAttribute('data-type', isLarge() ? 'large' : 'normal');
}

/** To be called once, before the first render. */
export function startPreferences(): void {
  show();
}

export function chooseLargeType(large: boolean): void {
  localStorage.setItem(remembered, large ? 'yes' : 'no');
  show();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLargeType(): boolean {
  return useSyncExternalStore(subscribe, isLarge);
}
