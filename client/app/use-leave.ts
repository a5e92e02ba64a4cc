/**
 * Signing out: the session ends on the server and the page starts anew, so nothing read stays in its memory. The new page
 * then forgets the texts kept on this machine, except words that are nowhere else: others may sit here next.
 */

import { useSignOut } from '../api/mutations.ts';
import { useMe } from '../api/queries.ts';
import { forgetSavedCopies } from '../room/local-copy.ts';

const leftKey = 'duizhao.left';

export function useLeave() {
  const signOut = useSignOut();
  const me = useMe(false).data;
  const startAnew = () => {
    if (me !== undefined) sessionStorage.setItem(leftKey, me.account.id);
    window.location.replace('/');
  };
  // A session that has ended already is as good as signed out.
  const leave = () => signOut.mutate(undefined, { onSuccess: startAnew, onError: startAnew });
  return { leave, leaving: signOut.isPending };
}

/** To be called when a page starts: no text is open in it yet, so its copy can go. */
export async function forgetWhoLeft(): Promise<void> {
  const userId = sessionStorage.getItem(leftKey);
  if (userId === null) return;
  sessionStorage.removeItem(leftKey);
  await forgetSavedCopies(userId);
}
