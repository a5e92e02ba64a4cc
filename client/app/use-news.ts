/** News since the page was opened: kept until it was seen or set aside, and counted in the browser's tab. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { WorkItem } from '../../shared/api/work.ts';
import { useWork } from '../api/queries.ts';
import { countNews } from '../ui/page-title.ts';
import { mergeNews, type News, newsBetween } from './work-groups.ts';

type Memory = { readonly items: readonly WorkItem[] | undefined; readonly news: readonly News[] };

function subscribeToVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

/** Whether the page is before somebody's eyes. */
function useVisible(): boolean {
  return useSyncExternalStore(subscribeToVisibility, () => document.visibilityState === 'visible');
}

/** `shows` tells whether the page on the screen shows an item's news by itself. */
export function useNews(myName: string, shows: (item: WorkItem) => boolean) {
  const { data: items } = useWork();
  const visible = useVisible();
  const [memory, setMemory] = useState<Memory>({ items: undefined, news: [] });
  if (items !== undefined && items !== memory.items) {
    const fresh = memory.items === undefined ? [] : newsBetween(memory.items, items, myName);
    setMemory({ items, news: mergeNews(memory.news, fresh, items) });
  }
  const unseen = visible ? memory.news.filter((news) => !shows(news.item)) : memory.news;
  if (unseen.length < memory.news.length) setMemory({ ...memory, news: unseen });
  useEffect(() => {
    countNews(unseen.length);
    return () => countNews(0);
  }, [unseen.length]);
  const setAside = useCallback(() => setMemory((known) => ({ ...known, news: [] })), []);
  return { news: unseen, setAside };
}
