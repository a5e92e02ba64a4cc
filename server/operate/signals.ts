/**
 * SIGTERM and SIGINT: the first asks for an orderly end, a second one means at once. `npm` and a terminal both pass Ctrl+C
 * on, so a signal that comes right after the first is the same wish.
 */
const sameWishMs = 500;

/** Calls `first` for the first signal and `again` for a later one. `now` counts milliseconds and is never set back. */
export function onSignals(first: () => void, again: () => void, now = () => performance.now()): void {
  let askedAt: number | undefined;
  const hear = (): void => {
    if (askedAt === undefined) {
      askedAt = now();
      first();
    } else if (now() - askedAt > sameWishMs) again();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
}
