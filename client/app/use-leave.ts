/** Signing out: the session ends on the server and the page starts anew, so nothing read stays in its memory. */
import { useSignOut } from '../api/mutations.ts';

export function useLeave() {
  const signOut = useSignOut();
  const leave = () => {
    signOut.mutate(undefined, {
      onSuccess: () => window.location.replace('/'),
      // A session that has ended already is as good as signed out.
      onError: () => window.location.replace('/'),
    });
  };
  return { leave, leaving: signOut.isPending };
}
