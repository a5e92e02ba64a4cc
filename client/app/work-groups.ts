/** Orders what waits: mine first and by deadline, then what others hold, then what is done. And tells news from the known. */
import type { WorkItem } from '../../shared/api/work.ts';

export const groupNames = ['mine', 'others', 'done'] as const;
export type GroupName = (typeof groupNames)[number];

const groupOf: Readonly<Record<WorkItem['kind'], GroupName>> = {
  revise: 'mine',
  review: 'mine',
  file: 'mine',
  write: 'mine',
  waiting: 'others',
  done: 'done',
};

/** Among equal deadlines: what was returned, what others wait for, what is to be written, what is to be filed. */
const urgency: readonly WorkItem['kind'][] = ['revise', 'review', 'write', 'file', 'waiting', 'done'];

export type WorkGroups = Readonly<Record<GroupName, readonly WorkItem[]>>;

export function groupWork(items: readonly WorkItem[]): WorkGroups {
  const groups: Record<GroupName, WorkItem[]> = { mine: [], others: [], done: [] };
  for (const item of items) groups[groupOf[item.kind]].push(item);
  groups.mine.sort(byDeadline);
  groups.others.sort((a, b) => a.since.localeCompare(b.since));
  groups.done.sort((a, b) => b.since.localeCompare(a.since));
  return groups;
}

function byDeadline(a: WorkItem, b: WorkItem): number {
  if (a.submitBy !== b.submitBy) {
    if (a.submitBy === null) return 1;
    if (b.submitBy === null) return -1;
    return a.submitBy.localeCompare(b.submitBy);
  }
  return urgency.indexOf(a.kind) - urgency.indexOf(b.kind) || a.since.localeCompare(b.since);
}

/** Whether a deadline still concerns this item: only what has yet to be submitted is late. */
export function hasDeadline(item: WorkItem): boolean {
  return item.submitBy !== null && (item.state === 'drafting' || item.state === 'returned');
}

export const newsKinds = ['write', 'revise', 'review', 'file', 'approved', 'remarks', 'changes'] as const;
export type News = { readonly kind: (typeof newsKinds)[number]; readonly item: WorkItem };

/**
 * What has come to me between two looks at my work. `myName` tells my own outline from those I only wait for; my own
 * acts are not news, but they move items away from me and never towards me.
 */
export function newsBetween(before: readonly WorkItem[], now: readonly WorkItem[], myName: string): News[] {
  return now.flatMap((item) => {
    const known = before.find((other) => other.documentId === item.documentId);
    const kind = newsOf(known, item, isMyText(item, myName));
    return kind === undefined ? [] : [{ kind, item }];
  });
}

function isMyText(item: WorkItem, myName: string): boolean {
  return item.documentKind === 'outline' && item.ownerName === myName;
}

function newsOf(before: WorkItem | undefined, now: WorkItem, mine: boolean): News['kind'] | undefined {
  const arrived = before === undefined || before.kind !== now.kind || before.round !== now.round;
  switch (now.kind) {
    case 'revise':
    case 'review':
    case 'file':
      return arrived ? now.kind : moreOpen(before, now, mine);
    case 'write':
      return before === undefined ? 'write' : undefined;
    case 'waiting':
      return moreOpen(before, now, mine);
    case 'done':
      return mine && now.state === 'approved' && before !== undefined && before.state !== 'approved'
        ? 'approved'
        : undefined;
  }
}

/** A remark that came, or a change that the reviewer opened again. */
function moreOpen(before: WorkItem | undefined, now: WorkItem, mine: boolean): 'remarks' | 'changes' | undefined {
  if (!mine || before === undefined) return undefined;
  if (now.openRemarks > before.openRemarks) return 'remarks';
  return now.openChanges > before.openChanges ? 'changes' : undefined;
}

/** One piece of news per document: the newest, and none for what no longer stands as it was announced. */
export function mergeNews(old: readonly News[], fresh: readonly News[], items: readonly WorkItem[]): News[] {
  const stillSo = old.filter(
    (news) =>
      !fresh.some((newer) => newer.item.documentId === news.item.documentId) &&
      items.some((item) => item.documentId === news.item.documentId && item.kind === news.item.kind),
  );
  return [...fresh, ...stillSo];
}
