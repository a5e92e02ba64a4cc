/** Which places a person's top bar leads to. */
import type { MeetingSummary } from '../../shared/api/meetings.ts';
import type { Account } from '../../shared/api/people.ts';
import type { WorkItem } from '../../shared/api/work.ts';

export const places = ['home', 'work', 'meetings', 'review', 'accounts', 'units', 'audit'] as const;
export type Place = (typeof places)[number];

export const addressOf: Readonly<Record<Place, string>> = {
  home: '/',
  work: '/',
  meetings: '/meetings',
  review: '/review',
  accounts: '/admin/accounts',
  units: '/admin/units',
  audit: '/admin/audit',
};

/** Administrators manage and read no texts; whoever reviews, by post or in some meeting, has the review desk. */
export function placesFor(
  account: Pick<Account, 'administrator' | 'position'>,
  meetings: readonly Pick<MeetingSummary, 'myRole'>[],
  work: readonly Pick<WorkItem, 'kind'>[],
): Place[] {
  if (account.administrator) return ['home', 'meetings', 'accounts', 'units', 'audit'];
  const reviews =
    account.position === 'leader' ||
    account.position === 'supervisor' ||
    meetings.some(({ myRole }) => myRole === 'leader' || myRole === 'supervisor') ||
    work.some(({ kind }) => kind === 'review');
  return reviews ? ['work', 'meetings', 'review'] : ['work', 'meetings'];
}
