/** Says that somebody is signed in again on this page, so that rooms and the event stream connect anew. */
const listeners = new Set<() => void>();

/** Hears that the same user has signed in again, until the returned function is called. */
export function onSignedIn(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function announceSignedIn(): void {
  for (const listener of listeners) listener();
}
