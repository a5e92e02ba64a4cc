/** Chinese words of the `admin` part of the interface; `en/admin.ts` must have the same keys. */
export const admin = {} as const;
