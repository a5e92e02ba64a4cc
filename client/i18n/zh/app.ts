/** Chinese words of the `app` part of the interface; `en/app.ts` must have the same keys. */
export const app = {} as const;
