/** Leaving a page without being asked: somebody else has signed in, and must not be able to stay on it. */
let silently = false;

export function reloadSilently(): void {
  silently = true;
  window.location.reload();
}

export function leavesSilently(): boolean {
  return silently;
}
