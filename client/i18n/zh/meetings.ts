/** Chinese words of the `meetings` part of the interface; `en/meetings.ts` must have the same keys. */
export const meetings = {} as const;
