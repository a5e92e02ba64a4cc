/** Chinese words of the `errors` part of the interface; `en/errors.ts` must have the same keys. */
export const errors = {} as const;
