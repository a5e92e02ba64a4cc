/** Chinese words of the `editor` part of the interface; `en/editor.ts` must have the same keys. */
export const editor = {} as const;
