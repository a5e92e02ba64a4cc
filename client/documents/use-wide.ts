/** Which columns fit beside the paper; in large type the paper is wider and the columns go sooner. */
import { useSyncExternalStore } from 'react';

const widths = {
  /** Beside the sections and the paper. */
  rail: { normal: 1280, large: 1500 },
  sections: { normal: 1100, large: 1200 },
  /** Drawn out beside the paper alone; on narrower windows it lies over the paper. */
  drawnRail: { normal: 1000, large: 1140 },
} as const;

function isLarge(): boolean {
  return document.documentElement.getAttribute('data-type') === 'large';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-type'] });
  return () => {
    window.removeEventListener('resize', listener);
    observer.disconnect();
  };
}

/** Whether the window is wide enough to show this column beside the paper. */
export function useFits(column: keyof typeof widths): boolean {
  return useSyncExternalStore(subscribe, () => window.innerWidth >= widths[column][isLarge() ? 'large' : 'normal']);
}
