/** Chinese words of the `common` part of the interface; `en/common.ts` must have the same keys. */
export const common = {} as const;
